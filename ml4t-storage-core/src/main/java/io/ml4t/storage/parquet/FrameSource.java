package io.ml4t.storage.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of one Parquet file, wherever they are. Columns of a large file are read by several
 * threads at once: implementations are thread-safe. The bytes must not change while they are read.
 */
public interface FrameSource {
  /** What errors call the file. */
  String name();

  /** The number of bytes. */
  long length();

  /**
   * A range of the bytes, as a buffer from its position to its limit, which may be a view rather
   * than a copy. Its content is not written to.
   *
   * @param offset the first byte
   * @param length the number of bytes, all of which exist
   * @throws IOException if they cannot be read
   */
  ByteBuffer read(long offset, int length) throws IOException;

  /** The bytes of a buffer, from its position to its limit, without a copy. */
  static FrameSource ofBytes(String name, ByteBuffer bytes) {
    return new BufferSource(name, bytes.slice());
  }

  /** A file, opened for each read: for tools and tests. */
  static FrameSource ofFile(Path file) throws IOException {
    return new FileSource(file, Files.size(file));
  }
}
