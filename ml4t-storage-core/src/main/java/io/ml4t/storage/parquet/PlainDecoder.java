package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * PLAIN: values as they are in memory, little-endian; booleans a bit each; text after its length.
 */
final class PlainDecoder extends ValueDecoder {
  private final Bytes in;
  private final PhysicalType type;
  private final int fixedLength;

  /**
   * @param fixedLength the length of a value of type INT96 or FIXED_LEN_BYTE_ARRAY
   */
  PlainDecoder(Bytes in, PhysicalType type, int fixedLength) {
    this.in = in;
    this.type = type;
    this.fixedLength = fixedLength;
  }

  @Override
  void require(int count) {
    long needed =
        switch (type) {
          case BOOLEAN -> (count + 7L) >>> 3;
          case INT32, FLOAT, BYTE_ARRAY -> 4L * count;
          case INT64, DOUBLE -> 8L * count;
          case INT96, FIXED_LEN_BYTE_ARRAY -> (long) fixedLength * count;
        };
    MalformedException.check(needed <= in.length(), "a page holds fewer values than it claims");
  }

  @Override
  void decode(boolean[] out, int from, int count) {
    byte[] bytes = in.array();
    for (int i = 0; i < count; i++) {
      out[from + i] = (bytes[in.from() + (i >>> 3)] >>> (i & 7) & 1) != 0;
    }
  }

  @Override
  void decode(int[] out, int from, int count) {
    buffer().asIntBuffer().get(out, from, count);
  }

  @Override
  void decode(long[] out, int from, int count) {
    buffer().asLongBuffer().get(out, from, count);
  }

  @Override
  void decode(float[] out, int from, int count) {
    buffer().asFloatBuffer().get(out, from, count);
  }

  @Override
  void decode(double[] out, int from, int count) {
    buffer().asDoubleBuffer().get(out, from, count);
  }

  @Override
  void decode(String[] out, int from, int count) {
    Bytes rest = in;
    for (int i = 0; i < count; i++) {
      int length = rest.leadingInt();
      rest = rest.skip(4);
      out[from + i] = Utf8.decode(rest.head(length));
      rest = rest.skip(length);
    }
  }

  @Override
  void decode(byte[][] out, int from, int count) {
    int at = in.from();
    for (int i = 0; i < count; i++, at += fixedLength) {
      out[from + i] = Arrays.copyOfRange(in.array(), at, at + fixedLength);
    }
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(in.array(), in.from(), in.length()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
