package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncLockedKey;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A key whose lock a callback holds, until the callback and the steps it has begun end. */
final class GuardedKey implements AsyncLockedKey {
  private final Engine engine;
  private final StorageKey key;

  /** The threads that just now run the callback's code, or what depends on one of its steps. */
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

  /** The callback, and the steps that are under way. */
  private final AtomicInteger users = new AtomicInteger(1);

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean ended;

  GuardedKey(Engine engine, StorageKey key) {
    this.engine = engine;
    this.key = key;
  }

  /**
   * Begins no further step.
   *
   * @return completes when no step is under way: one that its callback did not wait for still
   *     changes the key
   */
  CompletableFuture<Void> end() {
    ended = true;
    leave();
    return over;
  }

  private boolean enter() {
    return !ended && users.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      over.complete(null);
    }
  }

  /** Code of the callback's own. */
  interface Code<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs code of the callback, so that what it asks of the store is known to come from it. */
  <T, E extends Exception> T inside(Code<T, E> code) throws E {
    Thread thread = Thread.currentThread();
    boolean entered = inside.add(thread);
    try {
      return code.run();
    } finally {
      if (entered) {
        inside.remove(thread);
      }
    }
  }

  /** Whether this thread runs code of the callback. */
  boolean isInside() {
    return inside.contains(Thread.currentThread());
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
    if (!enter()) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "Cannot use locked key " + key + ": its callback has ended; lock it again"));
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Operations.start(() -> engine.operations.inner(operation))
        .whenComplete(
            (value, error) -> {
              inside(() -> complete(result, value, error));
              leave(); // Whoever waits for the key finds the result complete.
            });
    return result;
  }

  /** What depends on the result is code of the callback, and runs on this thread. */
  private static <T> boolean complete(
      CompletableFuture<T> result, T value, @Nullable Throwable error) {
    return error == null ? result.complete(value) : result.completeExceptionally(error);
  }
}
