package io.ml4t.storage.parquet;

/** RLE as an encoding of values: booleans, as runs after their length in bytes. */
final class RunLengthBooleanDecoder extends ValueDecoder {
  private final RunLengthDecoder runs;
  private final int[] bits;

  RunLengthBooleanDecoder(Bytes in, int[] scratch) {
    runs = new RunLengthDecoder(in.skip(4).head(in.leadingInt()), 1);
    bits = scratch;
  }

  @Override
  void require(int count) {
    runs.require(count);
  }

  @Override
  void decode(boolean[] out, int from, int count) {
    for (int done = 0; done < count; ) {
      int n = Math.min(bits.length, count - done);
      runs.read(bits, 0, n);
      for (int i = 0; i < n; i++) {
        out[from + done + i] = bits[i] != 0;
      }
      done += n;
    }
  }
}
