package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The non-blocking twin of {@link Snapshot}, method for method. */
public interface AsyncSnapshot {

  /** The commit. */
  long sequence();

  /** When the commit was made. */
  Instant time();

  /** Reads the frame of a key, see {@link Snapshot#read(StorageKey)}. */
  default CompletableFuture<DataObject> read(StorageKey key) {
    return read(key, ReadOptions.defaults());
  }

  /** Reads a part of the frame of a key, see {@link Snapshot#read(StorageKey, ReadOptions)}. */
  CompletableFuture<DataObject> read(StorageKey key, ReadOptions options);

  /** Reads the frames of several keys, see {@link Snapshot#readAll(Collection)}. */
  CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys);

  /** Whether there was a frame under the key. */
  CompletableFuture<Boolean> exists(StorageKey key);

  /** Lists the keys under a prefix, see {@link Storage#listKeys(String)}. */
  CompletableFuture<List<StorageKey>> listKeys(String prefix);

  /** Lists the versions of a key up to this point that are kept, newest first. */
  CompletableFuture<List<Version>> versions(StorageKey key);
}
