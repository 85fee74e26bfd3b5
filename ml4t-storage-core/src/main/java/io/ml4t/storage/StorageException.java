package io.ml4t.storage;

import org.jspecify.annotations.Nullable;

/**
 * The root of every error that the store reports. Subtypes are named by what the caller can do
 * next; this type itself means that storage failed in a way that no caller can mend, such as a full
 * disk.
 */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with the message "Cannot <verb> <thing>: <reason>". */
  public StorageException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
