package io.ml4t.storage.parquet;

/** Writes what {@link RunLengthDecoder} reads. */
final class RunLengthEncoder {
  /** A run this long is repeated rather than packed. */
  private static final int MIN_RUN = 8;

  private RunLengthEncoder() {}

  /** Appends {@code count} values of {@code width} bits to the sink. */
  static void encode(int[] values, int from, int count, int width, Sink out) {
    int to = from + count;
    int packFrom = from;
    int i = from;
    while (i < to) {
      int runTo = i + 1;
      while (runTo < to && values[runTo] == values[i]) {
        runTo++;
      }
      // Packed groups are whole: the run gives what the group before it lacks.
      int start = i + (-(i - packFrom) & 7);
      if (runTo - start >= MIN_RUN) {
        pack(values, packFrom, start - packFrom, width, out);
        repeat(values[i], runTo - start, width, out);
        packFrom = runTo;
      }
      i = runTo;
    }
    pack(values, packFrom, to - packFrom, width, out);
  }

  /** Appends one value, repeated. */
  static void repeat(int value, int count, int width, Sink out) {
    out.putVarint((long) count << 1);
    for (int bits = 0; bits < width; bits += 8) {
      out.put(value >>> bits);
    }
  }

  private static void pack(int[] values, int from, int count, int width, Sink out) {
    if (count > 0) {
      out.putVarint((long) ((count + 7) >>> 3) << 1 | 1);
      BitPacking.pack(values, from, count, width, out);
    }
  }
}
