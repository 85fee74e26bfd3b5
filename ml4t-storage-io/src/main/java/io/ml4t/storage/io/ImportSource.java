package io.ml4t.storage.io;

import io.ml4t.storage.StorageKey;
import java.io.IOException;

/** Frames to import, one after the other. */
public interface ImportSource {

  /**
   * Hands over every frame, in order.
   *
   * @return how many things were passed over because they are not meant, such as other files
   * @throws IOException if not even their names can be had
   */
  long forEach(Visitor visitor) throws IOException;

  /** Takes frames, and never throws because of one. */
  interface Visitor {
    /**
     * Takes a frame.
     *
     * @param name what reports call it
     * @param key finds its key, or throws
     * @param frame reads it, or throws; called before this returns, if at all
     */
    void visit(String name, Step<StorageKey> key, Step<ReadFrame> frame);
  }

  /** Something that may fail. */
  interface Step<T> {
    /** Does it. */
    T run() throws Exception;
  }
}
