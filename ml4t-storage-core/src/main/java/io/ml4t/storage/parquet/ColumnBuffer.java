package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.Validity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values and nulls of one column, page by page, in arrays that become the frame's. Not
 * thread-safe.
 */
final class ColumnBuffer {
  /** A file's bytes may stand for this many times as many in memory before it must prove it. */
  private static final int TRUSTED_RATIO = 8;

  private static final int TRUSTED_BYTES = 1 << 20;

  /** Puts values into the array. */
  interface Filler {
    void decode(Object array, int from, int count);
  }

  private final ColumnSpec spec;
  private final int rows;
  private final long fileBytes;
  private long provenBytes;
  private Object array;
  private int capacity;
  private int size;

  /**
   * Bit {@code row % 64} of word {@code row / 64} is set when the row is null. May end after the
   * last null so far, however many rows follow it.
   */
  private long @Nullable [] nulls;

  /**
   * @param rows what the footer claims
   * @param fileBytes the bytes of the file that stand for the column; where the claim is out of
   *     proportion to them, the array grows with the pages instead
   */
  ColumnBuffer(ColumnSpec spec, int rows, long fileBytes) {
    this.spec = spec;
    this.rows = rows;
    this.fileBytes = fileBytes;
    long trusted = TRUSTED_BYTES + fileBytes * TRUSTED_RATIO;
    this.capacity = (int) Math.min(rows, trusted / spec.physicalType().heapBytes());
    this.array = spec.newArray(capacity);
  }

  /** Whether so many bytes in memory are in proportion to the bytes of a file. */
  static boolean isTrusted(long heapBytes, long fileBytes) {
    return heapBytes <= fileBytes * TRUSTED_RATIO;
  }

  /** Makes sure that a page of so many rows is not beyond the rows there are. */
  void require(int count) {
    MalformedException.check(count <= rows - size, "a column has more values than rows");
  }

  /**
   * Marks rows after {@link #size} as null: those of {@code count} whose bit is set, at most 64.
   */
  void markNulls(int offset, long bits, int count) {
    long[] words = nulls;
    int row = size + offset;
    if (words == null || words.length << 6 < row + count) {
      words = growNulls(row + count);
    }
    long masked = count == 64 ? bits : bits & ((1L << count) - 1);
    words[row >> 6] |= masked << row;
    if ((row & 63) + count > 64) {
      words[(row >> 6) + 1] |= masked >>> -row;
    }
  }

  private long[] growNulls(int needed) {
    int words = (Math.max(needed, capacity) + 63) >>> 6;
    nulls = nulls == null ? new long[words] : Arrays.copyOf(nulls, words);
    return nulls;
  }

  /**
   * Appends the rows of a page, whose nulls are marked.
   *
   * @param count the rows, nulls included
   * @param present the rows with a value
   * @param bytes the bytes that the page has in the file
   */
  void append(int count, int present, @Nullable Filler values, long bytes) {
    provenBytes += bytes;
    reserve(count);
    if (values != null) {
      values.decode(array, size, present);
    }
    if (present < count) {
      spread(count, present);
    }
    size += count;
  }

  /** Moves the values of a page, which lie side by side, to their rows, the last first. */
  private void spread(int count, int present) {
    int source = size + present;
    int row = size + count;
    while (source > size && source < row) {
      while (isNull(row - 1)) {
        row--;
      }
      int end = row;
      while (row > size && !isNull(row - 1)) {
        row--;
      }
      source -= end - row;
      System.arraycopy(array, source, array, row, end - row);
    }
  }

  private boolean isNull(int row) {
    long[] words = nulls;
    return words != null && row >> 6 < words.length && (words[row >> 6] & 1L << row) != 0;
  }

  /**
   * Makes room for more rows, which the page holds for sure, and for as many as the rest of the
   * file holds if it is like the pages so far.
   */
  private void reserve(int count) {
    if (count > capacity - size) {
      long needed = size + (long) count;
      long likely = (long) ((double) needed * fileBytes / Math.max(1, provenBytes));
      capacity = (int) Math.min(rows, Math.max(Math.max(needed, capacity * 2L), likely));
      Object larger = spec.newArray(capacity);
      System.arraycopy(array, 0, larger, 0, size);
      array = larger;
    }
  }

  /**
   * The column, once all rows are there.
   *
   * @throws MalformedException if rows are missing
   */
  Column finish() {
    MalformedException.check(size == rows, "a column has fewer values than rows");
    long[] words = nulls;
    Validity validity =
        words == null
            ? Validity.allValid(rows)
            : Validity.ofNullBits(rows, Arrays.copyOf(words, (rows + 63) >>> 6));
    return spec.conversion().apply(spec.name(), array, validity);
  }
}
