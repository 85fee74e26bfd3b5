package io.ml4t.storage;

/**
 * The data root was written by a release that is newer than this one. Nothing was touched. The
 * remedy is that release.
 */
public class UnsupportedFormatException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error that names the file and both versions. */
  public UnsupportedFormatException(String message) {
    super(message);
  }
}
