package io.ml4t.storage;

import java.util.concurrent.CompletableFuture;

/**
 * What a transaction does without blocking. It may run several times, so it should touch nothing
 * but the transaction; it must not commit or roll back itself.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface AsyncTransactionCallback<T> {
  /**
   * Reads and changes.
   *
   * @return completes when all is done; a failure rolls back
   */
  CompletableFuture<T> run(AsyncTransaction transaction);
}
