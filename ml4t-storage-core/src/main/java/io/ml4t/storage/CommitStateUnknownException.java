package io.ml4t.storage;

/**
 * Nobody can tell whether the commit is made and survives a power cut: its folder could not be
 * synced, the answer to the link of its record was lost, or the JVM failed on the way. The caller
 * reads the key to see, and must not assume either.
 */
public class CommitStateUnknownException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error with its cause. */
  public CommitStateUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
