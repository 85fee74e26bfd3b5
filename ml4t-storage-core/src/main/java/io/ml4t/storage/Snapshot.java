package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A store as it was at one commit, over all keys. Reads take no lock and go on while others write.
 * Immutable, safe for use by many threads, and costs nothing to hold.
 *
 * <p>Holding a snapshot does not keep its versions: a version is kept as the store's retention
 * says, and a read after that fails with {@link VersionExpiredException}, never with a wrong
 * answer.
 */
public interface Snapshot {

  /** The commit. */
  long sequence();

  /** When the commit was made. */
  Instant time();

  /**
   * Reads the frame of a key.
   *
   * @throws KeyNotFoundException if it did not exist
   * @throws VersionExpiredException if retention has dropped the version
   */
  default DataObject read(StorageKey key) {
    return read(key, ReadOptions.defaults());
  }

  /**
   * Reads a part of the frame of a key.
   *
   * @param options columns and range; they must not ask for another point in time
   * @throws KeyNotFoundException if it did not exist
   * @throws VersionExpiredException if retention has dropped the version
   */
  DataObject read(StorageKey key, ReadOptions options);

  /**
   * Reads the frames of several keys, in their order.
   *
   * @throws KeyNotFoundException if any did not exist
   */
  List<DataObject> readAll(Collection<StorageKey> keys);

  /** Whether there was a frame under the key. */
  boolean exists(StorageKey key);

  /** Lists the keys under a prefix, see {@link Storage#listKeys(String)}. */
  List<StorageKey> listKeys(String prefix);

  /** Lists the versions of a key up to this point that are kept, newest first. */
  List<Version> versions(StorageKey key);
}
