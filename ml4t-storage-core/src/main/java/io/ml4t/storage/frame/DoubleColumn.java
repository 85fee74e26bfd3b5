package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of 64-bit floating-point values. */
public final class DoubleColumn extends Column {
  private final double[] values;

  private DoubleColumn(double[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = 0);
  }

  /** A column of a copy of the values, none of them null. */
  public static DoubleColumn of(double... values) {
    return wrap(values.clone());
  }

  /** A column of the values, where a null entry is a null row. */
  public static DoubleColumn ofNullable(@Nullable Double... values) {
    double[] unboxed = new double[values.length];
    for (int row = 0; row < unboxed.length; row++) {
      Double value = values[row];
      if (value != null) {
        unboxed[row] = value;
      }
    }
    return wrap(unboxed, Validity.ofNonNull(values));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static DoubleColumn wrap(double[] values) {
    return new DoubleColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   */
  public static DoubleColumn wrap(double[] values, Validity validity) {
    return new DoubleColumn(values, validity);
  }

  /** The value at a row; zero where it is null. */
  public double get(int row) {
    return values[row];
  }

  /** A copy of the values; zero where a row is null. */
  public double[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public double[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.DOUBLE;
  }

  @Override
  public @Nullable Double value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    double[] taken = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new DoubleColumn((double[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    double[] theirs = ((DoubleColumn) other).values;
    for (int row = 0; row < values.length; row++) {
      if (Double.doubleToRawLongBits(values[row]) != Double.doubleToRawLongBits(theirs[row])) {
        return false;
      }
    }
    return true;
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
