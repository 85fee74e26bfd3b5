package io.ml4t.storage.filesystem;

import io.ml4t.storage.UnsupportedFormatException;

/** The version of the files below the internal folder. */
final class StoreFormat {
  static final int VERSION = 1;

  private StoreFormat() {}

  /** Refuses what a newer release has written. */
  static void check(String file, int version) {
    if (version != VERSION) {
      throw new UnsupportedFormatException(
          "Cannot read %s: it has store format %d, this release reads format %d; use a newer release"
              .formatted(file, version, VERSION));
    }
  }
}
