package io.ml4t.storage;

/**
 * A key, or a part of one, cannot name anything in a store. Nothing was touched. The caller
 * corrects the key.
 */
public class InvalidKeyException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** An error that names the part and the rule that it breaks. */
  public InvalidKeyException(String message) {
    super(message);
  }
}
