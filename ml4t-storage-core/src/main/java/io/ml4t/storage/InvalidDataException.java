package io.ml4t.storage;

import org.jspecify.annotations.Nullable;

/**
 * The data or metadata handed in cannot be stored: a required column is missing or of the wrong
 * type, the key does not match, or a file is of a shape that a frame cannot hold. Nothing was
 * stored.
 */
public class InvalidDataException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error that names the column or field and what was expected. */
  public InvalidDataException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public InvalidDataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
