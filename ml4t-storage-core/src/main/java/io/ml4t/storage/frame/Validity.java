package io.ml4t.storage.frame;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a column hold a value. Immutable. A column without nulls, the common case, has no
 * bitmap at all.
 */
public final class Validity {
  private final int size;

  /** Bit {@code row % 64} of word {@code row / 64} is set when the row is null. */
  private final long @Nullable [] nulls;

  private final int nullCount;

  private Validity(int size, long @Nullable [] nulls, int nullCount) {
    this.size = size;
    this.nulls = nullCount == 0 ? null : nulls;
    this.nullCount = nullCount;
  }

  /** All of {@code size} rows hold a value. */
  public static Validity allValid(int size) {
    return new Validity(size, null, 0);
  }

  /** None of {@code size} rows holds a value. */
  static Validity allNull(int size) {
    long[] words = new long[words(size)];
    Arrays.fill(words, -1L);
    if ((size & 63) != 0) {
      words[words.length - 1] = (1L << size) - 1;
    }
    return new Validity(size, words, size);
  }

  /** Rows whose entry is true are null. */
  public static Validity ofNulls(boolean[] isNull) {
    long[] words = new long[words(isNull.length)];
    for (int row = 0; row < isNull.length; row++) {
      if (isNull[row]) {
        words[row >> 6] |= 1L << row;
      }
    }
    return ofNullBits(isNull.length, words);
  }

  /** Rows whose entry is null are null. */
  static Validity ofNonNull(@Nullable Object[] values) {
    boolean[] isNull = new boolean[values.length];
    for (int row = 0; row < isNull.length; row++) {
      isNull[row] = values[row] == null;
    }
    return ofNulls(isNull);
  }

  /**
   * Rows whose bit is set are null.
   *
   * @param size the number of rows
   * @param nulls bit {@code row % 64} of word {@code row / 64}; taken over, not copied
   * @throws IllegalArgumentException if there are not {@code ceil(size / 64)} words, or a bit from
   *     {@code size} on is set
   */
  public static Validity ofNullBits(int size, long[] nulls) {
    boolean sized = nulls.length == words(size);
    boolean stray = sized && (size & 63) != 0 && nulls[nulls.length - 1] >>> size != 0;
    if (!sized || stray) {
      throw new IllegalArgumentException(
          "Cannot make validity of "
              + size
              + " rows from "
              + nulls.length
              + " words: "
              + (stray ? "a bit beyond the rows is set" : "expected " + words(size)));
    }
    int count = 0;
    for (long word : nulls) {
      count += Long.bitCount(word);
    }
    return new Validity(size, nulls, count);
  }

  /** The number of rows. */
  public int size() {
    return size;
  }

  /** The number of rows without a value. */
  public int nullCount() {
    return nullCount;
  }

  /** Whether any row is without a value. */
  public boolean hasNulls() {
    return nulls != null;
  }

  /** Whether the row is without a value. */
  public boolean isNull(int row) {
    return nulls != null && (nulls[row >> 6] & 1L << row) != 0;
  }

  /** The first row without a value, or -1 where every row has one. */
  int firstNull() {
    return nullCount == 0 ? -1 : nextNull(0);
  }

  /** Calls back with every row without a value, in order. */
  void forEachNull(IntConsumer action) {
    for (int row = firstNull(); row >= 0; row = nextNull(row + 1)) {
      action.accept(row);
    }
  }

  /** The first row from that one on without a value, or -1. */
  private int nextNull(int from) {
    for (int row = from; nulls != null && row < size; row = (row | 63) + 1) {
      long rest = nulls[row >> 6] >>> row;
      if (rest != 0) {
        return row + Long.numberOfTrailingZeros(rest);
      }
    }
    return -1;
  }

  Validity slice(int from, int to) {
    if (nulls == null) {
      return allValid(to - from);
    }
    boolean[] isNull = new boolean[to - from];
    for (int row = from; row < to; row++) {
      isNull[row - from] = isNull(row);
    }
    return ofNulls(isNull);
  }

  Validity concat(Validity other) {
    if (nulls == null && other.nulls == null) {
      return allValid(size + other.size);
    }
    boolean[] isNull = new boolean[size + other.size];
    for (int row = 0; row < isNull.length; row++) {
      isNull[row] = row < size ? isNull(row) : other.isNull(row - size);
    }
    return ofNulls(isNull);
  }

  Validity take(int[] rows) {
    if (nulls == null) {
      return allValid(rows.length);
    }
    boolean[] isNull = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      isNull[i] = isNull(rows[i]);
    }
    return ofNulls(isNull);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Validity that && size == that.size && Arrays.equals(nulls, that.nulls);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.hashCode(nulls);
  }

  private static int words(int size) {
    return (size + 63) >>> 6;
  }
}
