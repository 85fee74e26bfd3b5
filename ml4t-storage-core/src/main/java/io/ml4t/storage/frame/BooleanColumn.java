package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of true or false values. */
public final class BooleanColumn extends Column {
  private final boolean[] values;

  private BooleanColumn(boolean[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = false);
  }

  /** A column of a copy of the values, none of them null. */
  public static BooleanColumn of(boolean... values) {
    return wrap(values.clone());
  }

  /** A column of the values, where a null entry is a null row. */
  public static BooleanColumn ofNullable(@Nullable Boolean... values) {
    boolean[] unboxed = new boolean[values.length];
    for (int row = 0; row < unboxed.length; row++) {
      Boolean value = values[row];
      if (value != null) {
        unboxed[row] = value;
      }
    }
    return wrap(unboxed, Validity.ofNonNull(values));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static BooleanColumn wrap(boolean[] values) {
    return new BooleanColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to false.
   */
  public static BooleanColumn wrap(boolean[] values, Validity validity) {
    return new BooleanColumn(values, validity);
  }

  /** The value at a row; false where it is null. */
  public boolean get(int row) {
    return values[row];
  }

  /** A copy of the values; false where a row is null. */
  public boolean[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public boolean[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.BOOLEAN;
  }

  @Override
  public @Nullable Boolean value(int row) {
    return isNull(row) ? null : values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    boolean[] taken = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new BooleanColumn((boolean[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((BooleanColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
