package io.ml4t.storage.parquet;

/** DELTA_LENGTH_BYTE_ARRAY: the lengths of all values as deltas, then their bytes together. */
final class DeltaLengthDecoder extends ValueDecoder {
  private final Bytes in;
  private final DeltaBinaryPackedDecoder lengths;

  DeltaLengthDecoder(Bytes in) {
    this.in = in;
    this.lengths = new DeltaBinaryPackedDecoder(in);
  }

  @Override
  void require(int count) {
    lengths.require(count);
  }

  @Override
  void decode(String[] out, int from, int count) {
    int[] sizes = new int[lengths.total()];
    Bytes rest = lengths(sizes);
    for (int i = 0; i < count; i++) {
      out[from + i] = Utf8.decode(rest.head(sizes[i]));
      rest = rest.skip(sizes[i]);
    }
  }

  /** Reads the lengths and returns the bytes behind them. */
  Bytes lengths(int[] sizes) {
    lengths.decode(sizes, 0, sizes.length);
    return in.skip(lengths.position() - in.from());
  }

  int total() {
    return lengths.total();
  }
}
