package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.StorageException;

/** A store cannot be opened as its properties say. The cause says why. */
public final class StoreOpeningException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final String dataRoot;

  StoreOpeningException(String prefix, String dataRoot, StorageException cause) {
    super("Cannot open the store of %s at %s".formatted(prefix, dataRoot), cause);
    this.prefix = prefix;
    this.dataRoot = dataRoot;
  }

  /** The full name of one of its properties, which are below its name where it has one. */
  public String property(String name) {
    return prefix + "." + name;
  }

  /** Its data root, as it was configured. */
  public String dataRoot() {
    return dataRoot;
  }
}
