package io.ml4t.storage.parquet;

import java.io.IOException;

/**
 * Compresses pages as a file wants it.
 *
 * @param level of zstd; others have none
 */
record PageCompressor(Compression compression, int level) {
  /** Pages this small do not get smaller. */
  private static final int MIN_BYTES = 64;

  /** Below this many bytes the default level takes twice the time for a few bytes less. */
  private static final int TINY_PAGE = 4096;

  private static final int TINY_PAGE_LEVEL = -1;

  /** Of zstd: the best compromise measured, but for tiny pages. */
  static final int DEFAULT_LEVEL = 3;

  /** Whether it pays to try. */
  boolean isWorth(int length) {
    return compression != Compression.UNCOMPRESSED && length >= MIN_BYTES;
  }

  /** Appends the compressed bytes to the sink, or the bytes themselves where there is no codec. */
  void compress(byte[] in, int from, int to, Sink out, Scratch scratch) throws IOException {
    if (compression == Compression.UNCOMPRESSED) {
      out.put(in, from, to - from);
      return;
    }
    BlockCodec codec = scratch.codec(compression.id());
    if (codec instanceof ZstdCodec zstd) {
      boolean tiny = level == DEFAULT_LEVEL && to - from < TINY_PAGE;
      zstd.level(tiny ? TINY_PAGE_LEVEL : level);
    }
    codec.compress(in, from, to, out);
  }

  /** The bytes that the content of a sink would take. The sink is longer for a moment. */
  int compressedSize(Sink sink, Scratch scratch) throws IOException {
    int size = sink.size();
    if (!isWorth(size)) {
      return size;
    }
    compress(sink.array(), 0, size, sink, scratch);
    int compressed = sink.size() - size;
    sink.truncate(size);
    return Math.min(size, compressed);
  }
}
