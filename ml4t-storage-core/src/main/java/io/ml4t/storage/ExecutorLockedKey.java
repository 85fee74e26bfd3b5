package io.ml4t.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs each operation on a locked key on an executor. */
record ExecutorLockedKey(LockedKey locked, Executor executor) implements AsyncLockedKey {

  @Override
  public StorageKey key() {
    return locked.key();
  }

  @Override
  public CompletableFuture<Boolean> exists() {
    return ExecutorStorage.submit(executor, locked::exists);
  }

  @Override
  public CompletableFuture<DataObject> read() {
    return ExecutorStorage.submit(executor, locked::read);
  }

  @Override
  public CompletableFuture<Version> write(DataObject data) {
    return ExecutorStorage.submit(executor, () -> locked.write(data));
  }

  @Override
  public CompletableFuture<Version> append(DataObject data) {
    return ExecutorStorage.submit(executor, () -> locked.append(data));
  }

  @Override
  public CompletableFuture<Boolean> delete() {
    return ExecutorStorage.submit(executor, locked::delete);
  }

  @Override
  public LockedKey blocking() {
    return locked;
  }
}
