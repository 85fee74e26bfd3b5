package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncLockCallback;
import io.ml4t.storage.LockCallback;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageOperation;
import io.ml4t.storage.lock.Lease;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs users' callbacks while they hold the lock of a key. */
final class LockedCallbacks {
  private final Engine engine;
  private final Callbacks callbacks;

  /** The keys that callbacks of this process hold. */
  private final Map<StorageKey, GuardedKey> held = new ConcurrentHashMap<>();

  LockedCallbacks(Engine engine, Callbacks callbacks) {
    this.engine = engine;
    this.callbacks = callbacks;
  }

  /** Whether a callback holds the key; it has adopted its plain file when it began. */
  boolean hold(StorageKey key) {
    return held.containsKey(key);
  }

  /**
   * Begins what needs the locks of keys.
   *
   * @return fails with {@link IllegalStateException} where this thread runs code of the callback
   *     that holds one of them, and would wait for itself
   */
  <T> CompletableFuture<T> unlessMine(
      Collection<StorageKey> keys, Supplier<CompletableFuture<T>> begin) {
    Set<StorageKey> mine = mine();
    for (StorageKey key : keys) {
      if (mine.contains(key)) {
        return CompletableFuture.failedFuture(waitsForItself(key));
      }
    }
    return begin.get();
  }

  /** The keys that are locked by callbacks whose code this thread runs. */
  Set<StorageKey> mine() {
    return held.isEmpty()
        ? Set.of()
        : held.values().stream()
            .filter(GuardedKey::isInside)
            .map(GuardedKey::key)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The error of who waits for the lock of a key that waits for it. */
  static IllegalStateException waitsForItself(StorageKey key) {
    return new IllegalStateException(
        "Cannot wait for the lock of %s: this callback holds it; use the locked key that it was given"
            .formatted(key));
  }

  <T> CompletableFuture<T> run(StorageKey key, LockCallback<T> work) {
    CallerContext context = engine.operations.context();
    return locked(
        key,
        guarded ->
            callbacks.run(context, () -> guarded.inside(() -> work.run(guarded.blocking()))));
  }

  <T> CompletableFuture<T> runAsync(StorageKey key, AsyncLockCallback<T> work) {
    CallerContext context = engine.operations.context();
    return locked(key, guarded -> context.start(() -> guarded.inside(() -> work.run(guarded))));
  }

  private interface Work<T> {
    CompletableFuture<T> run(GuardedKey guarded);
  }

  private <T> CompletableFuture<T> locked(StorageKey key, Work<T> work) {
    return unlessMine(
        List.of(key),
        () ->
            engine.operations.callback(
                StorageOperation.of("lock", key),
                () -> {
                  engine.plain.checkInside(key);
                  return engine.operations.then(
                      engine.writer.lock(List.of(key), "withLock"), lease -> run(key, lease, work));
                }));
  }

  private <T> CompletableFuture<T> run(StorageKey key, Lease lease, Work<T> work) {
    GuardedKey guarded = new GuardedKey(engine, key);
    held.put(key, guarded);
    CompletableFuture<T> result =
        Operations.start(() -> engine.adopter.adopt(key)).thenCompose(adopted -> work.run(guarded));
    return result
        .handle((value, error) -> guarded.end())
        .thenCompose(Function.identity())
        .thenCompose(
            over -> {
              held.remove(key);
              lease.close();
              return result;
            });
  }
}
