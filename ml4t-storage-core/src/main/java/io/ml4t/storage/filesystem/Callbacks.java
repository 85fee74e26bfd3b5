package io.ml4t.storage.filesystem;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Runs users' callbacks that may block, each on a thread of its own while it runs. */
final class Callbacks {
  private final Executor executor;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  Callbacks(Executor executor) {
    this.executor = executor;
  }

  /**
   * Whether this thread runs a callback. What it asks of the store must not wait for room, as the
   * callback takes room itself until it is answered.
   */
  boolean isInside() {
    return running.contains(Thread.currentThread());
  }

  <T> CompletableFuture<T> run(CallerContext context, Callable<T> callback) {
    return CompletableFuture.completedFuture(callback)
        .thenComposeAsync(
            work -> {
              running.add(Thread.currentThread());
              try {
                return context.start(() -> call(work));
              } finally {
                running.remove(Thread.currentThread());
              }
            },
            executor);
  }

  private static <T> CompletableFuture<T> call(Callable<T> callback) {
    try {
      return CompletableFuture.completedFuture(callback.call());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
