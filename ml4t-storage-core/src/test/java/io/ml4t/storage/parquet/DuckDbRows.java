package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.TimestampColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What DuckDB answers, next to a frame. */
final class DuckDbRows {
  private DuckDbRows() {}

  /**
   * Compares a frame to the rows of a query: timestamps and dates by their number, floating point
   * numbers by their bits, NaNs with their payload.
   */
  static void assertSame(Statement statement, String query, DataFrame frame) throws SQLException {
    List<String> select = new ArrayList<>();
    for (String name : frame.columnNames()) {
      select.add(comparable('"' + name + '"', frame.column(name)));
    }
    try (ResultSet rows =
        statement.executeQuery("SELECT " + String.join(", ", select) + " FROM (" + query + ")")) {
      int row = 0;
      for (; rows.next(); row++) {
        for (int i = 0; i < frame.columnCount(); i++) {
          String name = frame.columnNames().get(i);
          assertThat(theirs(frame.column(name), rows, i + 1))
              .as("%s in row %d", name, row)
              .isEqualTo(ours(frame.column(name), row));
        }
      }
      assertThat(row).isEqualTo(frame.rowCount());
    }
  }

  private static String comparable(String name, Column column) {
    return switch (column.type()) {
      case TIMESTAMP ->
          switch (((TimestampColumn) column).unit()) {
            case MILLIS -> "epoch_ms(" + name + ")";
            case MICROS -> "epoch_us(" + name + ")";
            case NANOS -> "epoch_ns(" + name + ")";
          };
      case DATE -> name + " - DATE '1970-01-01'";
      case INT -> name + "::INTEGER";
      default -> name;
    };
  }

  private static @Nullable Object theirs(Column column, ResultSet rows, int index)
      throws SQLException {
    Object value =
        switch (column.type()) {
          case DOUBLE -> Double.doubleToRawLongBits(rows.getDouble(index));
          case FLOAT -> Float.floatToRawIntBits(rows.getFloat(index));
          case TIMESTAMP, DATE, LONG -> rows.getLong(index);
          case INT, BOOLEAN, STRING -> rows.getObject(index);
        };
    return rows.wasNull() ? null : value;
  }

  private static @Nullable Object ours(Column column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.type()) {
      case DOUBLE -> Double.doubleToRawLongBits(((DoubleColumn) column).get(row));
      case FLOAT -> Float.floatToRawIntBits(((FloatColumn) column).get(row));
      case TIMESTAMP -> ((TimestampColumn) column).get(row);
      case DATE -> (long) ((DateColumn) column).get(row);
      case LONG, INT, BOOLEAN, STRING -> column.value(row);
    };
  }
}
