package io.ml4t.storage.io;

import java.io.IOException;
import java.nio.file.Path;

/** Reads files of one format. Thread-safe. */
@FunctionalInterface
public interface FrameReader {

  /**
   * Reads a file.
   *
   * @throws io.ml4t.storage.InvalidDataException if it is no such file, or a frame cannot hold it
   * @throws io.ml4t.storage.CorruptDataException if it is broken
   * @throws IOException if it cannot be read
   */
  ReadFrame read(Path file) throws IOException;
}
