package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of 64-bit signed integers. */
public final class LongColumn extends Column {
  private final long[] values;

  private LongColumn(long[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = 0);
  }

  /** A column of a copy of the values, none of them null. */
  public static LongColumn of(long... values) {
    return wrap(values.clone());
  }

  /** A column of the values, where a null entry is a null row. */
  public static LongColumn ofNullable(@Nullable Long... values) {
    long[] unboxed = new long[values.length];
    for (int row = 0; row < unboxed.length; row++) {
      Long value = values[row];
      if (value != null) {
        unboxed[row] = value;
      }
    }
    return wrap(unboxed, Validity.ofNonNull(values));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static LongColumn wrap(long[] values) {
    return new LongColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   */
  public static LongColumn wrap(long[] values, Validity validity) {
    return new LongColumn(values, validity);
  }

  /** The value at a row; zero where it is null. */
  public long get(int row) {
    return values[row];
  }

  /** A copy of the values; zero where a row is null. */
  public long[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public long[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.LONG;
  }

  @Override
  public @Nullable Long value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    long[] taken = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new LongColumn((long[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((LongColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
