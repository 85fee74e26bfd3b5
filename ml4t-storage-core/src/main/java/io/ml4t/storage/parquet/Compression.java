package io.ml4t.storage.parquet;

/** How the pages of a file are compressed. */
public enum Compression {
  /** Not at all: the fastest to write, the largest. */
  UNCOMPRESSED(0),
  /** Snappy: fast, compresses little. */
  SNAPPY(1),
  /** Gzip (RFC 1952): slow; for readers that know nothing newer. */
  GZIP(2),
  /** Zstandard (RFC 8878): the best ratio at a good speed; the default. */
  ZSTD(6),
  /** LZ4 blocks without a frame: fast, compresses little. */
  LZ4_RAW(7);

  private final int id;

  Compression(int id) {
    this.id = id;
  }

  /** The number of Parquet's {@code CompressionCodec}. */
  int id() {
    return id;
  }
}
