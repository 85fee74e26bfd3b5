package io.ml4t.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs each step of a blocking transaction on an executor. */
record ExecutorTransaction(Transaction transaction, Executor executor) implements AsyncTransaction {

  @Override
  public long sequence() {
    return transaction.sequence();
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key) {
    return ExecutorStorage.submit(executor, () -> transaction.read(key));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return ExecutorStorage.submit(executor, () -> transaction.exists(key));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return ExecutorStorage.submit(executor, () -> transaction.listKeys(prefix));
  }

  @Override
  public CompletableFuture<StorageKey> write(DataObject data) {
    return ExecutorStorage.submit(executor, () -> transaction.write(data));
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return ExecutorStorage.submit(executor, () -> transaction.update(key, data));
  }

  @Override
  public CompletableFuture<StorageKey> append(DataObject data) {
    return ExecutorStorage.submit(executor, () -> transaction.append(data));
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    return ExecutorStorage.submit(executor, () -> transaction.delete(key));
  }

  @Override
  public CompletableFuture<Long> commit() {
    return ExecutorStorage.submit(executor, transaction::commit);
  }

  @Override
  public void rollback() {
    transaction.rollback();
  }
}
