package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs each read of a blocking snapshot on the executor of its store. */
record ExecutorSnapshot(Snapshot snapshot, ExecutorStorage store) implements AsyncSnapshot {

  @Override
  public long sequence() {
    return snapshot.sequence();
  }

  @Override
  public Instant time() {
    return snapshot.time();
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key, ReadOptions options) {
    return store.submit(() -> snapshot.read(key, options));
  }

  @Override
  public CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys) {
    return store.submit(() -> snapshot.readAll(keys));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return store.submit(() -> snapshot.exists(key));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return store.submit(() -> snapshot.listKeys(prefix));
  }

  @Override
  public CompletableFuture<List<Version>> versions(StorageKey key) {
    return store.submit(() -> snapshot.versions(key));
  }
}
