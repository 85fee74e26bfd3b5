package io.ml4t.storage.parquet;

import java.io.IOException;

/** Compresses and decompresses one block of bytes at a time. Not thread-safe. */
interface BlockCodec {
  /**
   * Decompresses a block.
   *
   * @param length the length that the page header claims; wrong in a broken file
   * @return an array whose first {@code length} bytes are the block; valid until the next call that
   *     uses the same scratch
   * @throws MalformedException if the block does not decompress to that length
   * @throws IOException if it does not decompress at all
   */
  byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch) throws IOException;

  /** Appends the compressed block to the sink. */
  void compress(byte[] in, int from, int to, Sink out) throws IOException;

  /** Frees what is not on the heap. */
  default void close() {}
}
