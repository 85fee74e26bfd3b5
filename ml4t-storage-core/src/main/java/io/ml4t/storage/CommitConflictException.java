package io.ml4t.storage;

import java.util.Collection;
import java.util.List;

/**
 * Another writer changed a key that this commit was based on, or the key is not in the state that
 * the caller demanded. Nothing was committed. The caller reads again and decides anew.
 */
public class CommitConflictException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final transient List<StorageKey> keys;

  /** An error for the keys in conflict. */
  public CommitConflictException(String message, Collection<StorageKey> keys) {
    super(message);
    this.keys = List.copyOf(keys);
  }

  /** The keys in conflict, never empty. */
  public List<StorageKey> keys() {
    return keys;
  }
}
