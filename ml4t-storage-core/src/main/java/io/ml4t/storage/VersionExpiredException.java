package io.ml4t.storage;

/**
 * The version that was asked for existed, but retention has dropped it. The caller reads a newer
 * point, or raises the retention settings.
 */
public class VersionExpiredException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error that names the key and the point that was asked for. */
  public VersionExpiredException(String message) {
    super(message);
  }
}
