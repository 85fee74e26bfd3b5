package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of 32-bit floating-point values. */
public final class FloatColumn extends Column {
  private final float[] values;

  private FloatColumn(float[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = 0);
  }

  /** A column of a copy of the values, none of them null. */
  public static FloatColumn of(float... values) {
    return wrap(values.clone());
  }

  /** A column of the values, where a null entry is a null row. */
  public static FloatColumn ofNullable(@Nullable Float... values) {
    float[] unboxed = new float[values.length];
    for (int row = 0; row < unboxed.length; row++) {
      Float value = values[row];
      if (value != null) {
        unboxed[row] = value;
      }
    }
    return wrap(unboxed, Validity.ofNonNull(values));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static FloatColumn wrap(float[] values) {
    return new FloatColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   */
  public static FloatColumn wrap(float[] values, Validity validity) {
    return new FloatColumn(values, validity);
  }

  /** The value at a row; zero where it is null. */
  public float get(int row) {
    return values[row];
  }

  /** A copy of the values; zero where a row is null. */
  public float[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public float[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.FLOAT;
  }

  @Override
  public @Nullable Float value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    float[] taken = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new FloatColumn((float[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    float[] theirs = ((FloatColumn) other).values;
    for (int row = 0; row < values.length; row++) {
      if (Float.floatToRawIntBits(values[row]) != Float.floatToRawIntBits(theirs[row])) {
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
