package io.ml4t.storage.frame;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the columns of a {@link DataFrame}, in order. Not thread-safe.
 *
 * <p>Primitive columns without nulls have a method each; one with nulls is added as in {@code
 * column("volume", LongColumn.ofNullable(1L, null))}.
 */
public final class DataFrameBuilder {
  private final Map<String, Column> columns = new LinkedHashMap<>();

  DataFrameBuilder() {}

  /**
   * Adds a column.
   *
   * @throws IllegalArgumentException if there is one of that name already
   */
  public DataFrameBuilder column(String name, Column column) {
    if (columns.putIfAbsent(name, column) != null) {
      throw new IllegalArgumentException("Cannot add column '" + name + "': it exists already");
    }
    return this;
  }

  /**
   * Adds a column of instants, in microseconds or, where one needs it, nanoseconds; a null is a
   * null row.
   */
  public DataFrameBuilder timestamps(String name, @Nullable Instant... values) {
    return column(name, TimestampColumn.ofInstants(values));
  }

  /**
   * Adds a column of times without a time zone, in microseconds or, where one needs it,
   * nanoseconds; a null is a null row.
   */
  public DataFrameBuilder localTimestamps(String name, @Nullable LocalDateTime... values) {
    return column(name, TimestampColumn.ofLocal(values));
  }

  /** Adds a column of days; a null is a null row. */
  public DataFrameBuilder dates(String name, @Nullable LocalDate... values) {
    return column(name, DateColumn.ofDates(values));
  }

  /** Adds a column of doubles. */
  public DataFrameBuilder doubles(String name, double... values) {
    return column(name, DoubleColumn.of(values));
  }

  /** Adds a column of floats. */
  public DataFrameBuilder floats(String name, float... values) {
    return column(name, FloatColumn.of(values));
  }

  /** Adds a column of longs. */
  public DataFrameBuilder longs(String name, long... values) {
    return column(name, LongColumn.of(values));
  }

  /** Adds a column of ints. */
  public DataFrameBuilder ints(String name, int... values) {
    return column(name, IntColumn.of(values));
  }

  /** Adds a column of booleans. */
  public DataFrameBuilder booleans(String name, boolean... values) {
    return column(name, BooleanColumn.of(values));
  }

  /** Adds a column of strings; a null is a null row. */
  public DataFrameBuilder strings(String name, @Nullable String... values) {
    return column(name, StringColumn.of(values));
  }

  /**
   * The frame.
   *
   * @throws IllegalArgumentException if the columns differ in length
   */
  public DataFrame build() {
    return DataFrame.of(columns);
  }
}
