package io.ml4t.storage.io.jdbc;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.ImportSource;
import io.ml4t.storage.io.ReadFrame;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A query of a database, whose columns become those of frames. Immutable; each use opens a
 * connection of its own.
 *
 * <p>Columns are named by their labels; a label in capitals is taken in small letters. Their types
 * are:
 *
 * <ul>
 *   <li>TINYINT, SMALLINT, INTEGER: ints. BIGINT, and DECIMAL without fraction of up to 18 digits:
 *       longs.
 *   <li>REAL: floats. FLOAT, DOUBLE, and any other DECIMAL or NUMERIC: doubles, the nearest there
 *       are.
 *   <li>BOOLEAN, BIT: booleans. CHAR, VARCHAR, CLOB and their like: text. DATE: dates.
 *   <li>TIMESTAMP WITH TIME ZONE: instants. TIMESTAMP: local times, or instants where {@link
 *       #withZone} says of which zone.
 * </ul>
 *
 * <p>Any other type is an error, whose remedy is a cast in the query.
 */
public final class JdbcQuery {
  private static final int FETCH_SIZE = 10_000;

  private final DataSource database;
  private final String sql;
  private final List<Object> parameters;
  private final int fetchSize;
  private final @Nullable ZoneId zone;

  private JdbcQuery(
      DataSource database,
      String sql,
      List<Object> parameters,
      int fetchSize,
      @Nullable ZoneId zone) {
    this.database = database;
    this.sql = sql;
    this.parameters = parameters;
    this.fetchSize = fetchSize;
    this.zone = zone;
  }

  /**
   * A query.
   *
   * @param sql with a {@code ?} for each parameter
   */
  public static JdbcQuery of(DataSource database, String sql, Object... parameters) {
    return new JdbcQuery(database, sql, List.of(parameters), FETCH_SIZE, null);
  }

  /** How many rows the driver is asked to fetch at a time; 10,000 by default. */
  public JdbcQuery withFetchSize(int rows) {
    return new JdbcQuery(database, sql, parameters, rows, zone);
  }

  /**
   * The time zone of the query's timestamps that have none. Of an hour that its clocks go through
   * twice, the first is meant; a time that they skip is an error.
   */
  public JdbcQuery withZone(ZoneId value) {
    return new JdbcQuery(database, sql, parameters, fetchSize, value);
  }

  /**
   * All rows as one frame.
   *
   * @throws InvalidDataException if a frame cannot hold a column
   * @throws StorageException if the database refuses the query
   */
  public DataFrame read() {
    return run(
        result -> {
          JdbcRows rows = new JdbcRows(result.getMetaData(), List.of(), zone);
          while (result.next()) {
            rows.take(result);
          }
          return rows.build();
        });
  }

  /** All rows as the frame of one key, to import. */
  public ImportSource as(StorageKey key) {
    return visitor -> {
      visitor.visit(key.toString(), () -> key, () -> ReadFrame.of(read(), null));
      return 0;
    };
  }

  /**
   * A frame for each group of rows, to import; one group is in memory at a time.
   *
   * @param columns the columns whose values make a group, by the names that frames would have; the
   *     query is ordered by them, and the frames do not get them
   * @param key the key of a group, from the values of those columns as text
   */
  public ImportSource groupedBy(List<String> columns, Function<List<String>, StorageKey> key) {
    return visitor -> {
      run(
          result -> {
            new JdbcGroups(List.copyOf(columns), key, zone).visit(result, visitor);
            return true;
          });
      return 0;
    };
  }

  private interface Use<T> {
    T of(ResultSet result) throws SQLException;
  }

  private <T> T run(Use<T> use) {
    try (Connection connection = database.getConnection()) {
      // PostgreSQL fetches all rows at once while every statement is a transaction.
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setFetchSize(fetchSize);
        for (int i = 0; i < parameters.size(); i++) {
          statement.setObject(i + 1, parameters.get(i));
        }
        try (ResultSet result = statement.executeQuery()) {
          return use.of(result);
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw new StorageException("Cannot read the query: " + e.getMessage(), e);
    }
  }
}
