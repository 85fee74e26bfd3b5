package io.ml4t.storage;

import org.jspecify.annotations.Nullable;

/** A store cannot be opened in its data root as the root is. Nothing was changed in it. */
public class DataRootException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with a data root. */
  public enum Reason {
    /** It does not exist, and is not to be created. */
    MISSING,
    /** It, or a part of its path, is a file. */
    NOT_A_FOLDER,
    /** The store's files cannot be created in it. */
    NOT_WRITABLE
  }

  private final String root;
  private final Reason reason;

  /**
   * An error that names the data root.
   *
   * @param detail what is wrong, and the remedy
   */
  public DataRootException(String root, Reason reason, String detail, @Nullable Throwable cause) {
    super("Cannot open store at " + root + ": " + detail, cause);
    this.root = root;
    this.reason = reason;
  }

  /** The data root, as it was configured. */
  public String root() {
    return root;
  }

  /** What is wrong with it. */
  public Reason reason() {
    return reason;
  }
}
