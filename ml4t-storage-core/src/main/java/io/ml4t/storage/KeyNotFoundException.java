package io.ml4t.storage;

/** The store holds nothing under the key, at the point in time that was asked for. */
public class KeyNotFoundException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final transient StorageKey key;

  /** An error for the key that an operation needed. */
  public KeyNotFoundException(String verb, StorageKey key) {
    super("Cannot " + verb + " " + key + ": no such key");
    this.key = key;
  }

  /** The key that was not found. */
  public StorageKey key() {
    return key;
  }
}
