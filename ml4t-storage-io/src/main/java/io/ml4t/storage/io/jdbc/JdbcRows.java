package io.ml4t.storage.io.jdbc;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects rows of a result as a frame. Not thread-safe. */
final class JdbcRows {
  private final Map<String, JdbcColumn> columns = new LinkedHashMap<>();
  private long rows;
  private @Nullable InvalidDataException failure;

  /**
   * No rows yet.
   *
   * @param omitted names of columns that the frame does not get
   */
  JdbcRows(ResultSetMetaData metadata, List<String> omitted, @Nullable ZoneId zone)
      throws SQLException {
    for (int index = 1; index <= metadata.getColumnCount(); index++) {
      String name = name(metadata.getColumnLabel(index));
      if (!omitted.contains(name)
          && columns.put(name, JdbcColumn.of(metadata, index, zone)) != null) {
        throw new InvalidDataException(
            "Cannot read the query: two columns are named '" + name + "'; name them apart");
      }
    }
  }

  /**
   * The name of a column: databases that fold names fold them to capitals, frames have small ones.
   */
  static String name(String label) {
    return label.equals(label.toUpperCase(Locale.ROOT)) ? label.toLowerCase(Locale.ROOT) : label;
  }

  /** Takes the current row, unless one before it was wrong. */
  void take(ResultSet row) throws SQLException {
    rows++;
    if (failure != null) {
      return;
    }
    for (Map.Entry<String, JdbcColumn> column : columns.entrySet()) {
      try {
        column.getValue().take(row);
      } catch (IllegalArgumentException | ArithmeticException e) {
        failure =
            new InvalidDataException(
                "Cannot read column '%s' of the query: row %d: %s"
                    .formatted(column.getKey(), rows, e.getMessage()),
                e);
        return;
      }
    }
  }

  /**
   * The frame of all rows taken.
   *
   * @throws InvalidDataException if one was wrong
   */
  DataFrame build() {
    if (failure != null) {
      throw failure;
    }
    Map<String, Column> built = new LinkedHashMap<>();
    columns.forEach((name, column) -> built.put(name, column.build()));
    return DataFrame.of(built);
  }
}
