package io.ml4t.storage;

/** The store was closed before the call, or while the call was waiting. Nothing was done. */
public class StorageClosedException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error for an operation on a closed store. */
  public StorageClosedException(String message) {
    super(message);
  }
}
