package io.ml4t.storage.frame;

import java.lang.reflect.Array;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a frame: a primitive array and which of its rows are null. Immutable and safe to
 * share between threads, as long as the array that a factory named {@code wrap} was given is left
 * alone.
 */
public abstract sealed class Column
    permits TimestampColumn,
        DateColumn,
        DoubleColumn,
        FloatColumn,
        LongColumn,
        IntColumn,
        BooleanColumn,
        StringColumn {

  private final Validity validity;

  Column(Object array, Validity validity) {
    if (Array.getLength(array) != validity.size()) {
      throw new IllegalArgumentException(
          "Cannot make a column: "
              + Array.getLength(array)
              + " values, but validity for "
              + validity.size()
              + " rows");
    }
    this.validity = validity;
  }

  /** The type of the values. */
  public abstract ColumnType type();

  /**
   * The value at a row as an object: {@code Instant} or {@code LocalDateTime}, {@code LocalDate},
   * {@code Double}, {@code Float}, {@code Long}, {@code Integer}, {@code Boolean} or {@code
   * String}; null where the row has no value.
   */
  public abstract @Nullable Object value(int row);

  /** The rows at the given positions, in that order; a position may repeat. */
  public final Column take(int[] rows) {
    return with(gather(rows), validity.take(rows));
  }

  /** The rows from {@code from}, inclusive, to {@code to}, exclusive. */
  public final Column slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    if (from == 0 && to == size()) {
      return this;
    }
    Object part = newArray(to - from);
    System.arraycopy(array(), from, part, 0, to - from);
    return with(part, validity.slice(from, to));
  }

  /**
   * This column's rows, then the other's.
   *
   * @throws IllegalArgumentException if the other is of another type, unit or time zone rule
   * @throws ArithmeticException if there are more than 2<sup>31</sup> - 1 rows
   */
  public final Column concat(Column other) {
    if (!describe().equals(other.describe())) {
      throw new IllegalArgumentException(
          "Cannot append a column of " + other.describe() + " to one of " + describe());
    }
    Object all = newArray(Math.addExact(size(), other.size()));
    System.arraycopy(array(), 0, all, 0, size());
    System.arraycopy(other.array(), 0, all, size(), other.size());
    return with(all, validity.concat(other.validity));
  }

  /** The number of rows. */
  public final int size() {
    return validity.size();
  }

  /** Which rows hold a value. */
  public final Validity validity() {
    return validity;
  }

  /** Whether the row has no value. */
  public final boolean isNull(int row) {
    return validity.isNull(row);
  }

  /** The number of rows without a value. */
  public final int nullCount() {
    return validity.nullCount();
  }

  /** The type in words, with the unit and time zone rule of a timestamp. */
  public String describe() {
    return type().name().toLowerCase(Locale.ROOT);
  }

  /** A column of this type and that many rows, all of them null. */
  final Column nulls(int size) {
    return with(newArray(size), Validity.allNull(size));
  }

  private Object newArray(int size) {
    return Array.newInstance(array().getClass().getComponentType(), size);
  }

  /** The backing array. */
  abstract Object array();

  /** A new array of the values at the given rows. */
  abstract Object gather(int[] rows);

  /** A column like this one over another array. */
  abstract Column with(Object array, Validity validity);

  abstract boolean arrayEquals(Column other);

  abstract int arrayHashCode();

  /** Whether the other has the same type and values, bit for bit. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Column that
        && describe().equals(that.describe())
        && validity.equals(that.validity)
        && arrayEquals(that);
  }

  @Override
  public final int hashCode() {
    return 31 * validity.hashCode() + arrayHashCode();
  }

  @Override
  public final String toString() {
    return describe() + "[" + size() + "]";
  }
}
