package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageOperation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs each step of a transaction on the store's threads. */
record AsyncStoreTransaction(StoreTransaction transaction, Operations operations, Steps steps)
    implements AsyncTransaction {

  /** How the steps are run: as a part of an operation that is under way, or by themselves. */
  interface Steps {
    <T> CompletableFuture<T> run(Operations.Operation<T> step);

    default <T> CompletableFuture<T> call(Operations.Step<T> step) {
      return run(() -> CompletableFuture.completedFuture(step.run()));
    }
  }

  @Override
  public long sequence() {
    return transaction.sequence();
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key) {
    return steps.call(() -> transaction.read(key));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return steps.call(() -> transaction.exists(key));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return steps.call(() -> transaction.listKeys(prefix));
  }

  @Override
  public CompletableFuture<StorageKey> write(DataObject data) {
    return steps.call(() -> transaction.write(data));
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return steps.call(() -> transaction.update(key, data));
  }

  @Override
  public CompletableFuture<StorageKey> append(DataObject data) {
    return steps.call(() -> transaction.append(data));
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    return steps.call(() -> transaction.delete(key));
  }

  @Override
  public CompletableFuture<Long> commit() {
    return operations.change(
        StorageOperation.of("commit"), transaction.bytes(), transaction::commit);
  }

  @Override
  public void rollback() {
    transaction.rollback();
  }
}
