package io.ml4t.storage.parquet;

import java.util.Arrays;

/**
 * DELTA_BYTE_ARRAY: each value as the number of leading bytes it shares with the one before, and
 * the rest of it.
 */
final class DeltaByteArrayDecoder extends ValueDecoder {
  private final Bytes in;
  private final DeltaBinaryPackedDecoder prefixes;

  DeltaByteArrayDecoder(Bytes in) {
    this.in = in;
    this.prefixes = new DeltaBinaryPackedDecoder(in);
  }

  @Override
  void require(int count) {
    prefixes.require(count);
  }

  @Override
  void decode(String[] out, int from, int count) {
    walk(count, (i, value) -> out[from + i] = Utf8.decode(value));
  }

  @Override
  void decode(byte[][] out, int from, int count) {
    walk(
        count,
        (i, value) -> out[from + i] = Arrays.copyOfRange(value.array(), value.from(), value.to()));
  }

  private interface Visitor {
    /** Takes a value, whose bytes are valid during the call. */
    void value(int index, Bytes value);
  }

  private void walk(int count, Visitor visitor) {
    int[] shared = new int[prefixes.total()];
    prefixes.decode(shared, 0, shared.length);
    DeltaLengthDecoder suffixes = new DeltaLengthDecoder(in.skip(prefixes.position() - in.from()));
    suffixes.require(count);
    int[] lengths = new int[suffixes.total()];
    Bytes rest = suffixes.lengths(lengths);
    byte[] value = new byte[64];
    int size = 0;
    for (int i = 0; i < count; i++) {
      Bytes suffix = rest.head(lengths[i]);
      MalformedException.check(
          shared[i] >= 0 && shared[i] <= size, "a value shares more than there is");
      size = Math.addExact(shared[i], suffix.length());
      if (size > value.length) {
        value = Arrays.copyOf(value, Math.max(size, (int) Math.min(value.length * 2L, 1 << 30)));
      }
      System.arraycopy(suffix.array(), suffix.from(), value, shared[i], suffix.length());
      visitor.value(i, new Bytes(value, 0, size));
      rest = rest.skip(lengths[i]);
    }
  }
}
