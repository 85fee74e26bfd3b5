package io.ml4t.storage.parquet;

/**
 * BYTE_STREAM_SPLIT: the first bytes of all values, then the second bytes, and so on. Exponents and
 * leading digits, which repeat, come to lie side by side, where a compressor finds them.
 */
final class ByteStreamSplit {
  private ByteStreamSplit() {}

  /** Decodes values of the page. The streams are as long as the page holds values. */
  static final class Decoder extends ValueDecoder {
    private final Bytes in;
    private final int width;
    private final int stride;

    /**
     * @param width the bytes of a value
     */
    Decoder(Bytes in, int width) {
      MalformedException.check(in.length() % width == 0, "a page ends within a value");
      this.in = in;
      this.width = width;
      this.stride = in.length() / width;
    }

    @Override
    void require(int count) {
      MalformedException.check(count <= stride, "a page holds fewer values than it claims");
    }

    @Override
    void decode(double[] out, int from, int count) {
      long[] eight = new long[8];
      int i = 0;
      for (; i + 8 <= count; i += 8) {
        load(i, eight);
        for (int k = 0; k < 8; k++) {
          out[from + i + k] = Double.longBitsToDouble(eight[k]);
        }
      }
      for (; i < count; i++) {
        out[from + i] = Double.longBitsToDouble(bits(i));
      }
    }

    @Override
    void decode(long[] out, int from, int count) {
      for (int i = 0; i < count; i++) {
        out[from + i] = bits(i);
      }
    }

    @Override
    void decode(float[] out, int from, int count) {
      for (int i = 0; i < count; i++) {
        out[from + i] = Float.intBitsToFloat((int) bits(i));
      }
    }

    @Override
    void decode(int[] out, int from, int count) {
      for (int i = 0; i < count; i++) {
        out[from + i] = (int) bits(i);
      }
    }

    @Override
    void decode(byte[][] out, int from, int count) {
      for (int i = 0; i < count; i++) {
        byte[] value = new byte[width];
        for (int k = 0; k < width; k++) {
          value[k] = in.array()[in.from() + k * stride + i];
        }
        out[from + i] = value;
      }
    }

    private void load(int i, long[] eight) {
      int at = in.from() + i;
      for (int k = 0; k < 8; k++) {
        eight[k] = LittleEndian.getLong(in.array(), at + k * stride);
      }
      transpose(eight);
    }

    private long bits(int i) {
      long value = 0;
      for (int k = 0; k < width; k++) {
        value |= (in.array()[in.from() + k * stride + i] & 255L) << (8 * k);
      }
      return value;
    }
  }

  /** Appends values to the sink, each the low {@code width} bytes of a long. */
  static void encode(long[] values, int from, int count, int width, Sink out) {
    byte[] target = out.reserve(count * width);
    int at = out.size();
    int i = 0;
    if (width == 8) {
      long[] eight = new long[8];
      for (; i + 8 <= count; i += 8) {
        System.arraycopy(values, from + i, eight, 0, 8);
        transpose(eight);
        for (int k = 0; k < 8; k++) {
          LittleEndian.putLong(target, at + k * count + i, eight[k]);
        }
      }
    }
    for (; i < count; i++) {
      for (int k = 0; k < width; k++) {
        target[at + k * count + i] = (byte) (values[from + i] >>> (8 * k));
      }
    }
    out.advance(count * width);
  }

  /**
   * Transposes eight rows of eight bytes, so that byte k of row i becomes byte i of row k. Swaps
   * blocks of 4×4, 2×2 and 1×1 bytes (Warren, Hacker's Delight, 7-3).
   */
  private static void transpose(long[] rows) {
    swap(rows, 4, 32, 0x00000000FFFFFFFFL);
    swap(rows, 2, 16, 0x0000FFFF0000FFFFL);
    swap(rows, 1, 8, 0x00FF00FF00FF00FFL);
  }

  private static void swap(long[] rows, int distance, int bits, long mask) {
    for (int i = 0; i < 8; i++) {
      if ((i & distance) == 0) {
        long low = rows[i];
        long high = rows[i + distance];
        long changed = (low >>> bits ^ high) & mask;
        rows[i + distance] = high ^ changed;
        rows[i] = low ^ changed << bits;
      }
    }
  }
}
