package io.ml4t.storage;

import org.jspecify.annotations.Nullable;

/**
 * A checksum or a structure on disk is wrong. The error names the file. Other keys stay readable;
 * nothing older is ever returned in its place.
 */
public class CorruptDataException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /** An error for a file that does not hold what was written. */
  public CorruptDataException(String file, String reason) {
    super("Cannot read " + file + ": " + reason);
    this.file = file;
  }

  /** An error for a file that does not hold what was written, with its cause. */
  public CorruptDataException(String file, String reason, @Nullable Throwable cause) {
    super("Cannot read " + file + ": " + reason, cause);
    this.file = file;
  }

  /** The file, relative to the data root where there is one. */
  public String file() {
    return file;
  }
}
