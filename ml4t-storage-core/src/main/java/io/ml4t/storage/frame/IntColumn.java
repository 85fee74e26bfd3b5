package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of 32-bit signed integers. */
public final class IntColumn extends Column {
  private final int[] values;

  private IntColumn(int[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = 0);
  }

  /** A column of a copy of the values, none of them null. */
  public static IntColumn of(int... values) {
    return wrap(values.clone());
  }

  /** A column of the values, where a null entry is a null row. */
  public static IntColumn ofNullable(@Nullable Integer... values) {
    int[] unboxed = new int[values.length];
    for (int row = 0; row < unboxed.length; row++) {
      Integer value = values[row];
      if (value != null) {
        unboxed[row] = value;
      }
    }
    return wrap(unboxed, Validity.ofNonNull(values));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static IntColumn wrap(int[] values) {
    return new IntColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   */
  public static IntColumn wrap(int[] values, Validity validity) {
    return new IntColumn(values, validity);
  }

  /** The value at a row; zero where it is null. */
  public int get(int row) {
    return values[row];
  }

  /** A copy of the values; zero where a row is null. */
  public int[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public int[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.INT;
  }

  @Override
  public @Nullable Integer value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    int[] taken = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new IntColumn((int[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((IntColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
