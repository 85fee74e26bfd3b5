package io.ml4t.storage.frame;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable table: named columns of one length, in order. Safe to share between threads.
 *
 * <pre>{@code
 * DataFrame frame =
 *     DataFrame.builder()
 *         .timestamps("timestamp", instants)
 *         .doubles("close", 104.0, 105.5)
 *         .build();
 * double[] close = frame.doubles("close").toArray();
 * }</pre>
 */
public final class DataFrame {
  private final Map<String, Column> columns;
  private final int rowCount;

  private DataFrame(Map<String, Column> columns) {
    this.columns = columns;
    this.rowCount = columns.isEmpty() ? 0 : columns.values().iterator().next().size();
    columns.forEach(
        (name, column) -> {
          if (column.size() != rowCount) {
            throw new IllegalArgumentException(
                "Cannot build frame: column '%s' has %d rows, expected %d as in '%s'"
                    .formatted(name, column.size(), rowCount, columns.keySet().iterator().next()));
          }
        });
  }

  /**
   * A frame of the columns, in the map's order.
   *
   * @throws IllegalArgumentException if the columns differ in length
   */
  public static DataFrame of(Map<String, ? extends Column> columns) {
    return new DataFrame(new LinkedHashMap<>(columns));
  }

  /**
   * A frame with a row per record or bean, as {@link #of(Class, List)} makes it.
   *
   * @param records at least one record or bean, all of one class
   * @throws IllegalArgumentException if there is none, or the class has no such form
   */
  public static DataFrame of(List<?> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot make frame of no records: name their class, as in DataFrame.of(Bar.class, bars)");
    }
    return RowShape.of(records.get(0).getClass()).toFrame(records);
  }

  /**
   * A frame with a row per record and a column per component, or a row per bean and a column per
   * property, named like it or by {@link ColumnName}. The properties of a bean are what has both a
   * public getter and a public setter, in the order of the fields of their names.
   *
   * <p>Components and properties are of type double, float, long, int, boolean, their boxes,
   * String, LocalDate, Instant or LocalDateTime. Instants make a UTC column, LocalDateTimes a local
   * one, both in microseconds or, where a value needs it, nanoseconds. A null component makes a
   * null row.
   *
   * @throws IllegalArgumentException if one is of another type, or a record or bean is null
   */
  public static <R> DataFrame of(Class<R> type, List<? extends R> records) {
    return RowShape.of(type).toFrame(records);
  }

  /** A builder without columns. */
  public static DataFrameBuilder builder() {
    return new DataFrameBuilder();
  }

  /** The number of rows. */
  public int rowCount() {
    return rowCount;
  }

  /** The number of columns. */
  public int columnCount() {
    return columns.size();
  }

  /** The names of the columns, in order. */
  public List<String> columnNames() {
    return List.copyOf(columns.keySet());
  }

  /** Whether there is a column of that name. */
  public boolean hasColumn(String name) {
    return columns.containsKey(name);
  }

  /**
   * The column of that name.
   *
   * @throws NoSuchElementException if there is none
   */
  public Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new NoSuchElementException(
          "Cannot find column '" + name + "': the frame has " + columns.keySet());
    }
    return column;
  }

  /**
   * The column of that name, as timestamps.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public TimestampColumn timestamps(String name) {
    return typed(name, TimestampColumn.class, ColumnType.TIMESTAMP);
  }

  /**
   * The column of that name, as dates.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public DateColumn dates(String name) {
    return typed(name, DateColumn.class, ColumnType.DATE);
  }

  /**
   * The column of that name, as doubles.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public DoubleColumn doubles(String name) {
    return typed(name, DoubleColumn.class, ColumnType.DOUBLE);
  }

  /**
   * The column of that name, as floats.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public FloatColumn floats(String name) {
    return typed(name, FloatColumn.class, ColumnType.FLOAT);
  }

  /**
   * The column of that name, as longs.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public LongColumn longs(String name) {
    return typed(name, LongColumn.class, ColumnType.LONG);
  }

  /**
   * The column of that name, as ints.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public IntColumn ints(String name) {
    return typed(name, IntColumn.class, ColumnType.INT);
  }

  /**
   * The column of that name, as booleans.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public BooleanColumn booleans(String name) {
    return typed(name, BooleanColumn.class, ColumnType.BOOLEAN);
  }

  /**
   * The column of that name, as strings.
   *
   * @throws NoSuchElementException if there is none
   * @throws IllegalArgumentException if it is of another type
   */
  public StringColumn strings(String name) {
    return typed(name, StringColumn.class, ColumnType.STRING);
  }

  /**
   * The columns of those names only, in the order given.
   *
   * @throws NoSuchElementException if one is missing
   */
  public DataFrame select(Collection<String> names) {
    Map<String, Column> selected = new LinkedHashMap<>();
    names.forEach(name -> selected.put(name, column(name)));
    return new DataFrame(selected);
  }

  /** This frame with the column added at the end, or in the place of the one of that name. */
  public DataFrame withColumn(String name, Column column) {
    Map<String, Column> changed = new LinkedHashMap<>(columns);
    changed.put(name, column);
    return new DataFrame(changed);
  }

  /** The rows from {@code from}, inclusive, to {@code to}, exclusive. */
  public DataFrame slice(int from, int to) {
    return map(column -> column.slice(from, to));
  }

  /** The first {@code count} rows, or all where there are fewer. */
  public DataFrame head(int count) {
    return slice(0, Math.min(count, rowCount));
  }

  /** The last {@code count} rows, or all where there are fewer. */
  public DataFrame tail(int count) {
    return slice(Math.max(0, rowCount - count), rowCount);
  }

  /** The rows at the given positions, in that order; a position may repeat. */
  public DataFrame take(int[] rows) {
    return map(column -> column.take(rows));
  }

  /**
   * The rows as records or beans, whose components and properties have the types named at {@link
   * #of(Class, List)} and are matched to columns by name; further columns are ignored.
   *
   * <p>Numbers are widened where the component's type holds every value exactly: int, long and
   * double columns to long and double components, float columns to double. Local timestamps are
   * read as UTC where the component is an Instant.
   *
   * @return an unmodifiable list
   * @throws IllegalArgumentException if a column is missing, is of another type, has a null where
   *     the component is primitive, or has a value that the component's type cannot hold, or if the
   *     constructor or a setter throws
   */
  public <R> List<R> rows(Class<R> type) {
    return RowShape.of(type).toRows(type, this);
  }

  /**
   * The rows of this frame and a newer one, sorted by timestamp.
   *
   * <p>Of the rows of the newer frame with one timestamp, the last stays, and it replaces all rows
   * of this frame with that timestamp. Rows with equal timestamps of this frame that it does not
   * replace stay, in their order.
   *
   * <p>Columns are matched by name. The result has this frame's columns in their order, then those
   * that only the newer frame has; where a frame lacks a column, its rows are null. A column whose
   * types differ takes this frame's type where that holds every value exactly, else the newer's
   * (timestamps then its unit, but always this frame's time zone rule): int becomes long or double,
   * float becomes double, long and double each other.
   *
   * @param timestampColumn a timestamp column of both frames, without nulls
   * @throws NoSuchElementException if a frame has no such column
   * @throws IllegalArgumentException if that column is of another type or has a null, or the types
   *     of a column cannot be reconciled without rounding
   */
  public DataFrame mergeOn(String timestampColumn, DataFrame newer) {
    return FrameMerge.merge(timestampColumn, this, newer);
  }

  /**
   * The rows whose timestamp is in a range. A null timestamp is in no range; without bounds this is
   * the whole frame.
   *
   * @param timestampColumn a timestamp column; local times are read as UTC
   * @param fromInclusive null for no bound
   * @param toExclusive null for no bound
   * @throws NoSuchElementException if there is no such column
   * @throws IllegalArgumentException if it is of another type
   */
  public DataFrame between(
      String timestampColumn, @Nullable Instant fromInclusive, @Nullable Instant toExclusive) {
    TimestampColumn times = timestamps(timestampColumn);
    if (fromInclusive == null && toExclusive == null) {
      return this;
    }
    if (times.isAscending()) {
      int from = fromInclusive == null ? 0 : times.firstNotBefore(fromInclusive);
      int to = toExclusive == null ? rowCount : times.firstNotBefore(toExclusive);
      return slice(from, Math.max(from, to));
    }
    return take(
        IntStream.range(0, rowCount)
            .filter(row -> times.isBetween(row, fromInclusive, toExclusive))
            .toArray());
  }

  private DataFrame map(UnaryOperator<Column> change) {
    Map<String, Column> changed = new LinkedHashMap<>();
    columns.forEach((name, column) -> changed.put(name, change.apply(column)));
    return new DataFrame(changed);
  }

  private <C extends Column> C typed(String name, Class<C> type, ColumnType expected) {
    Column column = column(name);
    if (!type.isInstance(column)) {
      throw new IllegalArgumentException(
          "Cannot read column '%s' as %s: it is %s"
              .formatted(name, expected.name().toLowerCase(Locale.ROOT), column.describe()));
    }
    return type.cast(column);
  }

  /** Whether the other has equal columns of the same names in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataFrame that
        && columns.equals(that.columns)
        && new ArrayList<>(columns.keySet()).equals(new ArrayList<>(that.columns.keySet()));
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  /**
   * The shape, the names and types of the columns, and the first and last five rows. Of many
   * columns, the first and the last.
   */
  @Override
  public String toString() {
    return FrameText.of(this);
  }
}
