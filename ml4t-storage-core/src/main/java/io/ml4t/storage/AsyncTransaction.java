package io.ml4t.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The non-blocking twin of {@link Transaction}, method for method. One call at a time: the next one
 * begins when the future of the one before has completed.
 */
public interface AsyncTransaction {

  /** The commit that the transaction's reads see. */
  long sequence();

  /** Reads the frame of a key, see {@link Transaction#read}. */
  CompletableFuture<DataObject> read(StorageKey key);

  /** Whether there is a frame under the key. */
  CompletableFuture<Boolean> exists(StorageKey key);

  /** Lists the keys under a prefix, see {@link Storage#listKeys(String)}. */
  CompletableFuture<List<StorageKey>> listKeys(String prefix);

  /** Writes a frame, see {@link Transaction#write}. */
  CompletableFuture<StorageKey> write(DataObject data);

  /** Replaces the frame of a key that exists, see {@link Transaction#update}. */
  CompletableFuture<StorageKey> update(StorageKey key, DataObject data);

  /** Adds rows to the frame of a key, see {@link Transaction#append}. */
  CompletableFuture<StorageKey> append(DataObject data);

  /** Deletes the frame of a key, see {@link Transaction#delete}. */
  CompletableFuture<Boolean> delete(StorageKey key);

  /** Commits all changes and ends the transaction, see {@link Transaction#commit}. */
  CompletableFuture<Long> commit();

  /** Forgets all changes and ends the transaction, unless it has ended. */
  void rollback();
}
