package io.ml4t.storage.parquet;

/** Writes what {@link DeltaBinaryPackedDecoder} reads: blocks of 128 values in four miniblocks. */
final class DeltaBinaryPackedEncoder {
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  private DeltaBinaryPackedEncoder() {}

  /**
   * Appends values to the sink.
   *
   * @param width 8, or 4 for values that fit into an int: their differences wrap around at 32 bits
   */
  static void encode(long[] values, int from, int count, int width, Sink out) {
    out.putVarint(BLOCK);
    out.putVarint(MINIBLOCKS);
    out.putVarint(count);
    out.putZigzag(count == 0 ? 0 : values[from]);
    long[] deltas = new long[BLOCK];
    for (int done = 1; done < count; done += BLOCK) {
      encodeBlock(values, from + done, Math.min(BLOCK, count - done), width, deltas, out);
    }
  }

  private static void encodeBlock(
      long[] values, int from, int count, int width, long[] deltas, Sink out) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long delta = values[from + i] - values[from + i - 1];
      deltas[i] = width == 4 ? (int) delta : delta;
      least = Math.min(least, deltas[i]);
    }
    out.putZigzag(least);
    int widths = out.size();
    for (int m = 0; m < MINIBLOCKS; m++) {
      out.put(0);
    }
    for (int m = 0; m * MINIBLOCK < count; m++) {
      int begin = m * MINIBLOCK;
      long bits = 0;
      for (int i = begin; i < begin + MINIBLOCK; i++) {
        deltas[i] = i < count ? deltas[i] - least : 0;
        bits |= deltas[i];
      }
      int packed = BitPacking.width(bits);
      out.array()[widths + m] = (byte) packed;
      BitPacking.pack(deltas, begin, MINIBLOCK, packed, out);
    }
  }
}
