package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncLockCallback;
import io.ml4t.storage.LockCallback;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageOperation;
import io.ml4t.storage.lock.Lease;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Runs users' callbacks while they hold the lock of a key. */
final class LockedCallbacks {
  private final Engine engine;
  private final StoreThreads threads;

  /** The keys that callbacks of this process hold, and the thread that such a callback blocks. */
  private final Map<StorageKey, Optional<Thread>> held = new ConcurrentHashMap<>();

  LockedCallbacks(Engine engine, StoreThreads threads) {
    this.engine = engine;
    this.threads = threads;
  }

  /** Whether a callback holds the key; it has adopted its plain file when it began. */
  boolean hold(StorageKey key) {
    return held.containsKey(key);
  }

  /**
   * Runs an operation that needs the locks of keys.
   *
   * @return fails with {@link IllegalStateException} where this thread runs the callback that holds
   *     one of them, and the operation would wait for its own caller
   */
  <T> CompletableFuture<T> unlessMine(
      StorageOperation asked, Collection<StorageKey> keys, Operations.Operation<T> operation) {
    if (!held.isEmpty()) {
      Optional<Thread> caller = Optional.of(Thread.currentThread());
      for (StorageKey key : keys) {
        if (caller.equals(held.get(key))) {
          return CompletableFuture.failedFuture(
              new IllegalStateException(
                  "Cannot wait for the lock of %s: this callback holds it; use the locked key that it was given"
                      .formatted(key)));
        }
      }
    }
    return engine.operations.run(asked, operation);
  }

  <T> CompletableFuture<T> run(StorageKey key, LockCallback<T> work) {
    return locked(
        key,
        guarded ->
            CompletableFuture.completedFuture(guarded.blocking())
                .thenComposeAsync(
                    blocking -> {
                      held.put(key, Optional.of(Thread.currentThread()));
                      try {
                        return CompletableFuture.completedFuture(work.run(blocking));
                      } catch (Exception e) {
                        return CompletableFuture.failedFuture(e);
                      } finally {
                        held.put(key, Optional.empty());
                      }
                    },
                    threads.callbacks));
  }

  <T> CompletableFuture<T> runAsync(StorageKey key, AsyncLockCallback<T> work) {
    return locked(key, guarded -> Operations.start(() -> work.run(guarded)));
  }

  private interface Work<T> {
    CompletableFuture<T> run(GuardedKey guarded);
  }

  private <T> CompletableFuture<T> locked(StorageKey key, Work<T> work) {
    return unlessMine(
        StorageOperation.of("lock", key),
        List.of(key),
        () -> {
          engine.plain.checkInside(key);
          return engine.operations.then(
              engine.writer.lock(List.of(key), "withLock"), lease -> run(key, lease, work));
        });
  }

  private <T> CompletableFuture<T> run(StorageKey key, Lease lease, Work<T> work) {
    GuardedKey guarded = new GuardedKey(engine, key);
    held.put(key, Optional.empty());
    return Operations.start(() -> engine.adoptLocked(key))
        .thenCompose(adopted -> work.run(guarded))
        .whenComplete(
            (result, error) -> {
              guarded.end();
              held.remove(key);
              lease.close();
            });
  }
}
