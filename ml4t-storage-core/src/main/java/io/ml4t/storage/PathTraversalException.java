package io.ml4t.storage;

/**
 * A key would lead outside the data root, by a dot segment or through a symbolic link. Nothing was
 * touched.
 */
public class PathTraversalException extends InvalidKeyException {
  private static final long serialVersionUID = 1L;

  /** An error that names the key and where it leads. */
  public PathTraversalException(String message) {
    super(message);
  }
}
