package io.ml4t.storage.filesystem;

import io.github.resilience4j.retry.Retry;
import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.AsyncTransactionCallback;
import io.ml4t.storage.TransactionCallback;
import io.ml4t.storage.event.StorageOperation;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs transactions, again where another writer was faster. */
final class Transactions {
  private final Engine engine;
  private final StoreThreads threads;
  private final Retry retry;

  Transactions(Engine engine, StoreThreads threads, Retry retry) {
    this.engine = engine;
    this.threads = threads;
    this.retry = retry;
  }

  <T> CompletableFuture<T> run(StorageOperation asked, TransactionCallback<T> work) {
    return retried(
        asked,
        threads.callbacks,
        transaction -> {
          try {
            return CompletableFuture.completedFuture(
                work.run(new CallbackTransaction(transaction)));
          } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
          }
        });
  }

  <T> CompletableFuture<T> runAsync(AsyncTransactionCallback<T> work) {
    return retried(
        StorageOperation.of("transaction"),
        threads.io,
        transaction -> work.run(new AsyncStoreTransaction(transaction, engine.operations)));
  }

  CompletableFuture<AsyncTransaction> begin() {
    return engine.operations.call(
        StorageOperation.of("begin"),
        () -> new AsyncStoreTransaction(new StoreTransaction(engine), engine.operations));
  }

  private interface Work<T> {
    CompletableFuture<T> run(StoreTransaction transaction);
  }

  private <T> CompletableFuture<T> retried(
      StorageOperation asked, Executor executor, Work<T> work) {
    return engine.operations.run(
        asked,
        () ->
            retry
                .executeCompletionStage(
                    threads.timer,
                    () ->
                        CompletableFuture.completedFuture(work)
                            .thenComposeAsync(w -> Operations.start(() -> attempt(w)), executor))
                .toCompletableFuture());
  }

  private <T> CompletableFuture<T> attempt(Work<T> work) throws IOException {
    StoreTransaction transaction = new StoreTransaction(engine);
    return work.run(transaction)
        .thenCompose(
            result -> Operations.start(() -> transaction.commit().thenApply(sequence -> result)))
        .whenComplete((result, error) -> transaction.rollback());
  }
}
