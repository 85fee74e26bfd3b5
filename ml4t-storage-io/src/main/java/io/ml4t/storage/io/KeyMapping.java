package io.ml4t.storage.io;

import io.ml4t.storage.StorageKey;
import org.jspecify.annotations.Nullable;

/** Says which files of a folder are taken, and under which keys. */
@FunctionalInterface
public interface KeyMapping {

  /**
   * The key of a file.
   *
   * @param path the file below its folder, with slashes
   * @return null for a file that is not taken
   * @throws io.ml4t.storage.InvalidKeyException if it is meant, but names no valid key
   */
  @Nullable StorageKey keyOf(String path);
}
