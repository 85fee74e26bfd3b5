package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.Validity;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * Collects the values of one column in a primitive array that grows. Not thread-safe.
 *
 * @param <A> the array
 */
public abstract sealed class ColumnBuilder<A>
    permits BooleanBuilder,
        DateBuilder,
        DoubleBuilder,
        FloatBuilder,
        IntBuilder,
        LongBuilder,
        TextBuilder,
        TimestampBuilder {
  private A array;
  private int size;
  private long[] nulls = new long[0];

  ColumnBuilder(A empty) {
    array = empty;
  }

  /** The number of values so far. */
  public final int size() {
    return size;
  }

  /** Takes a row without a value. */
  public final void addNull() {
    int row = next();
    int word = row >> 6;
    if (word >= nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(word + 1, nulls.length * 2));
    }
    nulls[word] |= 1L << row;
  }

  /**
   * The column of all values.
   *
   * @throws IllegalArgumentException if no one column can hold them
   */
  public final Column build() {
    Validity validity =
        nulls.length == 0
            ? Validity.allValid(size)
            : Validity.ofNullBits(size, Arrays.copyOf(nulls, (size + 63) >>> 6));
    return build(copy(size), validity);
  }

  abstract Column build(A values, Validity validity);

  /** The array, with room for the row that {@link #next()} made. */
  final A array() {
    return array;
  }

  /** Makes a row and tells its index. */
  final int next() {
    if (size == Array.getLength(array)) {
      array = copy(Math.max(16, Math.addExact(size, size >> 1)));
    }
    return size++;
  }

  @SuppressWarnings("unchecked") // An array of the same component type.
  private A copy(int length) {
    A copy = (A) Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, Math.min(size, length));
    return copy;
  }
}
