package io.ml4t.storage;

import java.util.concurrent.CompletableFuture;

/**
 * What is done without blocking while a key is locked, once.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface AsyncLockCallback<T> {
  /**
   * Does it.
   *
   * @param locked how to read and change the key meanwhile
   * @return the key stays locked until this completes; what was written before a failure stays
   *     written
   */
  CompletableFuture<T> run(AsyncLockedKey locked);
}
