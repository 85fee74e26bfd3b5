package io.ml4t.storage.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of text. */
public final class StringColumn extends Column {
  private final @Nullable String[] values;

  private StringColumn(@Nullable String[] values, Validity validity) {
    super(values, validity);
    this.values = values;
  }

  /** A column of a copy of the values, where a null entry is a null row. */
  public static StringColumn of(@Nullable String... values) {
    return wrap(values.clone());
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static StringColumn wrap(@Nullable String[] values) {
    return new StringColumn(values, Validity.ofNonNull(values));
  }

  /** The text at a row, or null. */
  public @Nullable String get(int row) {
    return values[row];
  }

  /** A copy of the values. */
  public @Nullable String[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public @Nullable String[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.STRING;
  }

  @Override
  public @Nullable String value(int row) {
    return values[row];
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    @Nullable String[] taken = new @Nullable String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new StringColumn((@Nullable String[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((StringColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
