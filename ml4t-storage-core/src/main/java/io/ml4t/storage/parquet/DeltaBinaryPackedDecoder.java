package io.ml4t.storage.parquet;

/**
 * DELTA_BINARY_PACKED: integers as their differences, in blocks that share the least difference,
 * cut into miniblocks that share a width.
 */
final class DeltaBinaryPackedDecoder extends ValueDecoder {
  /** Writers use 128 to 2,048. Bounds how many values a byte may stand for. */
  private static final int MAX_BLOCK = 1 << 16;

  private final byte[] in;
  private final int end;
  private final int miniblocks;
  private final int miniblockSize;
  private final int total;
  private final long first;
  private int at;

  DeltaBinaryPackedDecoder(Bytes bytes) {
    in = bytes.array();
    at = bytes.from();
    end = bytes.to();
    long blockSize = varint();
    long blocks = varint();
    MalformedException.check(
        blockSize > 0
            && blockSize <= MAX_BLOCK
            && blocks > 0
            && blocks <= blockSize
            && blockSize % blocks == 0
            && blockSize / blocks % 8 == 0,
        "a delta page has a block of " + blockSize + " values in " + blocks + " parts");
    miniblocks = (int) blocks;
    miniblockSize = (int) (blockSize / blocks);
    long count = varint();
    MalformedException.check(count >= 0 && count <= Integer.MAX_VALUE, "a page is too long");
    total = (int) count;
    first = zigzag();
    long needed = total <= 1 ? 0 : (total - 1 + blockSize - 1) / blockSize * (1L + miniblocks);
    MalformedException.check(needed <= end - at, "a page holds fewer values than it claims");
  }

  /** The number of values that the page says it holds. */
  int total() {
    return total;
  }

  @Override
  void require(int count) {
    MalformedException.check(count <= total, "a page holds fewer values than it claims");
  }

  @Override
  void decode(long[] out, int from, int count) {
    if (count == 0) {
      return;
    }
    long value = first;
    out[from] = value;
    int to = from + count;
    for (int i = from + 1; i < to; ) {
      long least = zigzag();
      int widths = at;
      skip(miniblocks);
      for (int m = 0; m < miniblocks && i < to; m++) {
        int n = Math.min(miniblockSize, to - i);
        BitPacking.unpack(in, at, miniblock(in[widths + m]), out, i, n);
        skip(bytes(in[widths + m]));
        for (int k = i; k < i + n; k++) {
          value += least + out[k];
          out[k] = value;
        }
        i += n;
      }
    }
  }

  @Override
  void decode(int[] out, int from, int count) {
    if (count == 0) {
      return;
    }
    int value = (int) first;
    out[from] = value;
    int to = from + count;
    for (int i = from + 1; i < to; ) {
      int least = (int) zigzag();
      int widths = at;
      skip(miniblocks);
      for (int m = 0; m < miniblocks && i < to; m++) {
        int n = Math.min(miniblockSize, to - i);
        int width = miniblock(in[widths + m]);
        MalformedException.check(width <= 32, "a difference is wider than its type");
        BitPacking.unpack(in, at, width, out, i, n);
        skip(bytes(width));
        for (int k = i; k < i + n; k++) {
          value += least + out[k];
          out[k] = value;
        }
        i += n;
      }
    }
  }

  /** The byte after the last value, once all {@link #total} values are decoded. */
  int position() {
    return at;
  }

  private int miniblock(int width) {
    MalformedException.check(
        width >= 0 && width <= 64 && bytes(width) <= end - at, "a delta page is cut short");
    return width;
  }

  private int bytes(int width) {
    return (miniblockSize >>> 3) * width;
  }

  private void skip(int bytes) {
    MalformedException.check(bytes <= end - at, "a delta page is cut short");
    at += bytes;
  }

  private long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      MalformedException.check(at < end, "a delta page is cut short");
      byte b = in[at++];
      value |= (b & 127L) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedException("a number is too long");
  }
}
