package io.ml4t.storage;

/**
 * The commit may or may not survive a power cut: the record was linked, but the folder could not be
 * synced. The caller reads the key to see, and must not assume either.
 */
public class CommitStateUnknownException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error with its cause. */
  public CommitStateUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
