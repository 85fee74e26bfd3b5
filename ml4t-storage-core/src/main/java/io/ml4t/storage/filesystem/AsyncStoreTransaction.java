package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageOperation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs each step of a transaction on the store's threads. */
record AsyncStoreTransaction(StoreTransaction transaction, Operations operations)
    implements AsyncTransaction {

  @Override
  public long sequence() {
    return transaction.sequence();
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key) {
    return operations.call(() -> transaction.read(key));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return operations.call(() -> transaction.exists(key));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return operations.call(() -> transaction.listKeys(prefix));
  }

  @Override
  public CompletableFuture<StorageKey> write(DataObject data) {
    return operations.call(() -> transaction.write(data));
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return operations.call(() -> transaction.update(key, data));
  }

  @Override
  public CompletableFuture<StorageKey> append(DataObject data) {
    return operations.call(() -> transaction.append(data));
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    return operations.call(() -> transaction.delete(key));
  }

  @Override
  public CompletableFuture<Long> commit() {
    return operations.run(StorageOperation.of("commit"), transaction::commit);
  }

  @Override
  public void rollback() {
    transaction.rollback();
  }
}
