package io.ml4t.storage;

import java.util.concurrent.CompletableFuture;

/** The non-blocking twin of {@link LockedKey}, method for method. */
public interface AsyncLockedKey {

  /** The key. */
  StorageKey key();

  /** Whether there is a frame under the key. */
  CompletableFuture<Boolean> exists();

  /** Reads the newest frame of the key, see {@link LockedKey#read}. */
  CompletableFuture<DataObject> read();

  /** Writes a frame, see {@link LockedKey#write}. */
  CompletableFuture<Version> write(DataObject data);

  /** Adds rows to the frame, see {@link LockedKey#append}. */
  CompletableFuture<Version> append(DataObject data);

  /** Deletes the frame, see {@link LockedKey#delete}. */
  CompletableFuture<Boolean> delete();

  /** The blocking twin of this. */
  default LockedKey blocking() {
    return new BlockingLockedKey(this);
  }
}
