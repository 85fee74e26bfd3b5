package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Runs each operation of a blocking store on an executor. */
final class ExecutorStorage implements AsyncStorage {
  private final Storage storage;
  private final Executor executor;

  ExecutorStorage(Storage storage, Executor executor) {
    this.storage = storage;
    this.executor = executor;
  }

  @Override
  public CompletableFuture<Version> put(DataObject data, WriteOptions options) {
    return submit(() -> storage.put(data, options));
  }

  @Override
  public CompletableFuture<List<StorageKey>> writeAll(Collection<DataObject> data) {
    List<DataObject> frames = List.copyOf(data);
    return submit(() -> storage.writeAll(frames));
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return submit(() -> storage.update(key, data));
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key, ReadOptions options) {
    return submit(() -> storage.read(key, options));
  }

  @Override
  public CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys) {
    return submit(() -> storage.readAll(keys));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return submit(() -> storage.exists(key));
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    return submit(() -> storage.delete(key));
  }

  @Override
  public CompletableFuture<List<StorageKey>> deleteAll(Collection<StorageKey> keys) {
    List<StorageKey> copy = List.copyOf(keys);
    return submit(() -> storage.deleteAll(copy));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return submit(() -> storage.listKeys(prefix));
  }

  @Override
  public CompletableFuture<List<Version>> versions(StorageKey key) {
    return submit(() -> storage.versions(key));
  }

  @Override
  public CompletableFuture<AsyncSnapshot> snapshot() {
    return submit(() -> new ExecutorSnapshot(storage.snapshot(), this));
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(long sequence) {
    return submit(() -> new ExecutorSnapshot(storage.asOf(sequence), this));
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(Instant time) {
    return submit(() -> new ExecutorSnapshot(storage.asOf(time), this));
  }

  @Override
  public <T> CompletableFuture<T> transaction(TransactionCallback<T> work) {
    return submit(() -> storage.transaction(work));
  }

  @Override
  public <T> CompletableFuture<T> transactionAsync(AsyncTransactionCallback<T> work) {
    return submit(
        () ->
            storage.transaction(
                transaction ->
                    BlockingStorage.await(
                        work.run(new ExecutorTransaction(transaction, Runnable::run)))));
  }

  @Override
  public CompletableFuture<AsyncTransaction> begin() {
    return submit(() -> new ExecutorTransaction(storage.begin(), executor));
  }

  @Override
  public <T> CompletableFuture<T> withLock(StorageKey key, LockCallback<T> work) {
    return submit(() -> storage.withLock(key, work));
  }

  @Override
  public <T> CompletableFuture<T> withLockAsync(StorageKey key, AsyncLockCallback<T> work) {
    return submit(
        () ->
            storage.withLock(
                key,
                locked ->
                    BlockingStorage.await(work.run(new ExecutorLockedKey(locked, Runnable::run)))));
  }

  @Override
  public Storage blocking() {
    return storage;
  }

  @Override
  public void close() {
    storage.close();
  }

  <T> CompletableFuture<T> submit(Supplier<T> operation) {
    return submit(executor, operation);
  }

  static <T> CompletableFuture<T> submit(Executor executor, Supplier<T> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            if (result.isDone()) {
              return;
            }
            try {
              result.complete(operation.get());
            } catch (Throwable e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          executor instanceof ExecutorService service && service.isShutdown()
              ? new StorageClosedException("Cannot run operation: the executor is shut down")
              : new StorageException("Cannot run operation: the executor refuses more work", e));
    }
    return result;
  }
}
