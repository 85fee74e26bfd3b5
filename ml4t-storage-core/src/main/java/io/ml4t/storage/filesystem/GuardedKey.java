package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncLockedKey;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A key whose lock a callback holds, until the callback ends. */
final class GuardedKey implements AsyncLockedKey {
  private final Engine engine;
  private final StorageKey key;
  private volatile boolean ended;

  GuardedKey(Engine engine, StorageKey key) {
    this.engine = engine;
    this.key = key;
  }

  void end() {
    ended = true;
  }

  @Override
  public StorageKey key() {
    return key;
  }

  @Override
  public CompletableFuture<Boolean> exists() {
    return run(() -> CompletableFuture.completedFuture(isThere()));
  }

  @Override
  public CompletableFuture<DataObject> read() {
    return run(() -> CompletableFuture.completedFuture(newest()));
  }

  @Override
  public CompletableFuture<Version> write(DataObject data) {
    return run(() -> put("write", data));
  }

  @Override
  public CompletableFuture<Version> append(DataObject data) {
    return run(
        () -> put("append to", isThere() ? Appends.merge(newest(), data) : Appends.sorted(data)));
  }

  @Override
  public CompletableFuture<Boolean> delete() {
    return run(
        () ->
            engine
                .writer
                .commitLocked(Plan.delete(List.of(key)))
                .thenApply(record -> !record.changes().isEmpty()));
  }

  private boolean isThere() throws IOException {
    return engine.log.refresh().version(key) != WriteOptions.ABSENT;
  }

  private DataObject newest() throws IOException {
    long sequence = engine.log.refresh().head().sequence();
    return engine.reader.read(key, sequence, ReadOptions.defaults());
  }

  private CompletableFuture<Version> put(String verb, DataObject data) throws IOException {
    data.requireKey(verb, key);
    Plan plan = Plan.put(engine.stage(List.of(data)), WriteOptions.defaults());
    return engine.writer.commitLocked(plan).thenApply(CommitRecord::version);
  }

  private <T> CompletableFuture<T> run(Operations.Operation<T> operation) {
    return ended
        ? CompletableFuture.failedFuture(
            new IllegalStateException(
                "Cannot use locked key " + key + ": its callback has ended; lock it again"))
        : engine.operations.inner(operation);
  }
}
