package io.ml4t.storage.io.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.FrameImport;
import io.ml4t.storage.io.TransferReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcQueryTests {
  private static final String BARS =
      "CAST(1 AS DOUBLE PRECISION) AS open, CAST(2 AS DOUBLE PRECISION) AS high,"
          + " CAST(0.5 AS DOUBLE PRECISION) AS low, CAST(1.5 AS DOUBLE PRECISION) AS close,"
          + " CAST(10 AS BIGINT) AS volume";

  /** A database in memory, new with each connection. */
  enum Database implements DataSource {
    H2("jdbc:h2:mem:"),
    DUCKDB("jdbc:duckdb:");

    private final String url;

    Database(String url) {
      this.url = url;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsEachTypeAsWhatItIs(Database database) {
    DataFrame frame =
        JdbcQuery.of(
                database,
                """
                SELECT CAST(7 AS TINYINT) AS i8, CAST(-7 AS SMALLINT) AS i16, CAST(70000 AS INTEGER) AS i32,
                  CAST(9007199254740993 AS BIGINT) AS i64, CAST(1.5 AS REAL) AS f32,
                  CAST(0.1 AS DOUBLE PRECISION) AS f64, CAST(123.45 AS DECIMAL(10, 2)) AS price,
                  CAST(123456789012345678 AS DECIMAL(18, 0)) AS id, TRUE AS flag,
                  CAST('é' AS VARCHAR) AS name, DATE '1950-01-03' AS day_,
                  TIMESTAMP '2024-01-02 03:04:05.123456' AS at_,
                  CAST('2024-01-02 03:04:05+02:00' AS TIMESTAMP WITH TIME ZONE) AS instant_
                UNION ALL
                SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
                """)
            .read();

    assertThat(frame.rowCount()).isEqualTo(2);
    int row = frame.column("i32").isNull(0) ? 1 : 0;
    assertThat(frame.ints("i8").get(row)).isEqualTo(7);
    assertThat(frame.ints("i16").get(row)).isEqualTo(-7);
    assertThat(frame.ints("i32").get(row)).isEqualTo(70_000);
    assertThat(frame.longs("i64").get(row)).isEqualTo(9007199254740993L);
    // DuckDB calls its REAL a FLOAT, which JDBC says is a double.
    assertThat(((Number) frame.column("f32").value(row)).doubleValue()).isEqualTo(1.5);
    assertThat(frame.doubles("f64").get(row)).isEqualTo(0.1);
    assertThat(frame.doubles("price").get(row)).isEqualTo(123.45);
    assertThat(frame.longs("id").get(row)).isEqualTo(123456789012345678L);
    assertThat(frame.booleans("flag").value(row)).isEqualTo(true);
    assertThat(frame.strings("name").get(row)).isEqualTo("é");
    assertThat(frame.dates("day_").value(row)).isEqualTo(LocalDate.of(1950, 1, 3));
    assertThat(frame.timestamps("at_").value(row))
        .isEqualTo(LocalDateTime.parse("2024-01-02T03:04:05.123456"));
    assertThat(frame.timestamps("instant_").value(row))
        .isEqualTo(Instant.parse("2024-01-02T01:04:05Z"));
    frame
        .columnNames()
        .forEach(name -> assertThat(frame.column(name).isNull(1 - row)).as(name).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void readsTimestampsInTheZoneThatIsSaid(Database database) {
    JdbcQuery query =
        JdbcQuery.of(database, "SELECT TIMESTAMP '2024-07-01 09:30:00' AS at_")
            .withZone(ZoneId.of("America/New_York"));
    assertThat(query.read().timestamps("at_").value(0))
        .isEqualTo(Instant.parse("2024-07-01T13:30:00Z"));
  }

  @Test
  void refusesATypeThatAFrameCannotHold() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> JdbcQuery.of(Database.H2, "SELECT TIME '01:02:03' AS t").read())
        .withMessageContaining("column 'T'")
        .withMessageContaining("cast it in the query");
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> JdbcQuery.of(Database.H2, "SELECT 1 AS a, 2 AS a").read())
        .withMessageContaining("two columns are named 'a'");
  }

  @Test
  void tellsWhatTheDatabaseSays() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> JdbcQuery.of(Database.H2, "SELECT * FROM nowhere").read())
        .withMessageContaining("NOWHERE");
  }

  @ParameterizedTest
  @EnumSource
  void importsOneFrameAndOneForEachGroup(Database database, @TempDir Path root) throws Exception {
    try (Storage storage =
        FileSystemStorage.builder(root).durability(Durability.RELAXED).build().blocking()) {
      StorageKey one = StorageKey.of("equities", "daily", "ONE");
      JdbcQuery query =
          JdbcQuery.of(database, "SELECT TIMESTAMP '2024-01-02 00:00:00' AS timestamp_, " + BARS);
      TransferReport failed = FrameImport.into(storage).run(query.as(one));
      assertThat(failed.failures().get(0).reason()).contains("column 'timestamp' is missing");

      TransferReport report =
          FrameImport.into(storage)
              .run(
                  JdbcQuery.of(
                          database,
                          "SELECT s AS symbol, TIMESTAMP '2024-01-02 00:00:00' AS \"timestamp\", "
                              + BARS
                              + " FROM (VALUES ('A'), ('A'), ('B'), ('C')) AS t(s)"
                              + " WHERE s <> ? ORDER BY s",
                          "C")
                      .groupedBy(
                          List.of("symbol"),
                          values -> StorageKey.of("equities", "daily", values.get(0))));

      assertThat(report.failures()).isEmpty();
      assertThat(storage.listKeys()).extracting(StorageKey::symbol).containsExactly("A", "B");
      assertThat(storage.read("equities/daily/A").data().rowCount()).isEqualTo(2);
      assertThat(storage.read("equities/daily/A").data().hasColumn("symbol")).isFalse();
    }
  }

  @Test
  void refusesAGroupWhoseRowsAreNotTogether(@TempDir Path root) throws Exception {
    try (Storage storage =
        FileSystemStorage.builder(root).durability(Durability.RELAXED).build().blocking()) {
      TransferReport report =
          FrameImport.into(storage)
              .run(
                  JdbcQuery.of(
                          Database.DUCKDB,
                          "SELECT s AS symbol, TIMESTAMP '2024-01-02 00:00:00' AS timestamp, "
                              + BARS
                              + " FROM (VALUES ('A', 1), ('B', 2), ('A', 3)) AS t(s, n) ORDER BY n")
                      .groupedBy(
                          List.of("symbol"),
                          values -> StorageKey.of("equities", "daily", values.get(0))));
      assertThat(report.done()).isEqualTo(2);
      assertThat(report.failures().get(0).reason()).contains("order the query by symbol");
    }
  }
}
