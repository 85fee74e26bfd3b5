package io.ml4t.storage.io.jdbc;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.io.column.BooleanBuilder;
import io.ml4t.storage.io.column.ColumnBuilder;
import io.ml4t.storage.io.column.DateBuilder;
import io.ml4t.storage.io.column.DoubleBuilder;
import io.ml4t.storage.io.column.FloatBuilder;
import io.ml4t.storage.io.column.IntBuilder;
import io.ml4t.storage.io.column.LongBuilder;
import io.ml4t.storage.io.column.TextBuilder;
import io.ml4t.storage.io.column.TimestampBuilder;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Collects one column of a result. Not thread-safe. */
abstract class JdbcColumn {
  private static final int LONG_DIGITS = 18;

  /** Takes the value of the current row. */
  abstract void take(ResultSet row) throws SQLException;

  /** The column of all values taken. */
  abstract Column build();

  private interface Setter<B> {
    void add(ResultSet row, B column) throws SQLException;
  }

  /**
   * A column for what a query's column holds.
   *
   * @param index from 1
   * @param zone of timestamps that have none; null where they stay local
   * @throws InvalidDataException if a frame cannot hold it
   */
  static JdbcColumn of(ResultSetMetaData metadata, int index, @Nullable ZoneId zone)
      throws SQLException {
    return switch (metadata.getColumnType(index)) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
          of(new IntBuilder(), index, (row, column) -> column.add(row.getInt(index)));
      case Types.BIGINT -> longs(index);
      case Types.REAL ->
          of(new FloatBuilder(), index, (row, column) -> column.add(row.getFloat(index)));
      case Types.FLOAT, Types.DOUBLE -> doubles(index);
      case Types.DECIMAL, Types.NUMERIC ->
          isLong(metadata.getPrecision(index), metadata.getScale(index))
              ? longs(index)
              : doubles(index);
      case Types.BOOLEAN, Types.BIT ->
          of(new BooleanBuilder(), index, (row, column) -> column.add(row.getBoolean(index)));
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB ->
          of(new TextBuilder(), index, (row, column) -> column.add(row.getString(index)));
      case Types.DATE ->
          of(
              new DateBuilder(),
              index,
              (row, column) ->
                  column.add(Math.toIntExact(row.getObject(index, LocalDate.class).toEpochDay())));
      case Types.TIMESTAMP ->
          of(
              new TimestampBuilder(zone != null),
              index,
              (row, column) ->
                  column.add(
                      TimestampBuilder.instant(row.getObject(index, LocalDateTime.class), zone)));
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          of(
              new TimestampBuilder(true),
              index,
              (row, column) -> column.add(row.getObject(index, OffsetDateTime.class).toInstant()));
      default ->
          throw new InvalidDataException(
              "Cannot read column '%s' of the query: a frame cannot hold its type %s; cast it in the query"
                  .formatted(metadata.getColumnLabel(index), metadata.getColumnTypeName(index)));
    };
  }

  private static boolean isLong(int precision, int scale) {
    return scale == 0 && precision > 0 && precision <= LONG_DIGITS;
  }

  private static JdbcColumn longs(int index) {
    return of(new LongBuilder(), index, (row, column) -> column.add(row.getLong(index)));
  }

  private static JdbcColumn doubles(int index) {
    return of(new DoubleBuilder(), index, (row, column) -> column.add(row.getDouble(index)));
  }

  private static <B extends ColumnBuilder<?>> JdbcColumn of(
      B builder, int index, Setter<B> setter) {
    return new JdbcColumn() {
      @Override
      void take(ResultSet row) throws SQLException {
        row.getObject(index);
        if (row.wasNull()) {
          builder.addNull();
        } else {
          setter.add(row, builder);
        }
      }

      @Override
      Column build() {
        return builder.build();
      }
    };
  }
}
