package io.ml4t.storage.io;

import io.ml4t.storage.DataObject;
import java.io.IOException;
import java.io.OutputStream;

/** Writes files of one format. Thread-safe. */
@FunctionalInterface
public interface FrameWriter {

  /**
   * Writes a whole file.
   *
   * @param out takes the bytes; flushed, not closed
   * @throws IOException if writing fails
   */
  void write(DataObject data, OutputStream out) throws IOException;
}
