package io.ml4t.storage.event;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Something that a caller asks of a store.
 *
 * @param name what it is, in kebab case: one of a few dozen
 * @param key the key that it concerns, null where it concerns several or none
 * @param rows how many rows the caller hands over
 */
public record StorageOperation(String name, @Nullable StorageKey key, long rows) {

  /** An operation on several keys or none. */
  public static StorageOperation of(String name) {
    return new StorageOperation(name, null, 0);
  }

  /** An operation on a key. */
  public static StorageOperation of(String name, StorageKey key) {
    return new StorageOperation(name, key, 0);
  }

  /** An operation that stores the rows of several keys. */
  public static StorageOperation of(String name, Collection<DataObject> data) {
    return new StorageOperation(
        name, null, data.stream().mapToLong(object -> object.data().rowCount()).sum());
  }

  /** An operation that stores rows. */
  public static StorageOperation of(String name, DataObject data) {
    return new StorageOperation(name, data.key(), data.data().rowCount());
  }
}
