package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.AsyncTransactionCallback;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.TransactionCallback;
import io.ml4t.storage.event.StorageOperation;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Runs transactions, again where another writer was faster. */
final class Transactions {
  private final Engine engine;
  private final StoreThreads threads;
  private final Callbacks callbacks;
  private final Retries retries;

  Transactions(Engine engine, StoreThreads threads, Callbacks callbacks, Retries retries) {
    this.engine = engine;
    this.threads = threads;
    this.callbacks = callbacks;
    this.retries = retries;
  }

  <T> CompletableFuture<T> run(TransactionCallback<T> work) {
    CallerContext context = engine.operations.context();
    return engine.operations.callback(
        StorageOperation.of("transaction"),
        retried(
            engine.lockedCallbacks.mine(),
            transaction ->
                callbacks.run(context, () -> work.run(new CallbackTransaction(transaction)))));
  }

  <T> CompletableFuture<T> runAsync(AsyncTransactionCallback<T> work) {
    CallerContext context = engine.operations.context();
    return engine.operations.callback(
        StorageOperation.of("transaction"),
        retried(
            engine.lockedCallbacks.mine(),
            transaction ->
                context.start(
                    () ->
                        work.run(
                            new AsyncStoreTransaction(
                                transaction, engine.operations, engine.operations::inner)))));
  }

  CompletableFuture<StorageKey> append(DataObject data) {
    return engine.operations.change(
        StorageOperation.of("append", data),
        FrameWeight.of(data.data()),
        retried(
            Set.of(),
            transaction ->
                Operations.start(
                    () -> CompletableFuture.completedFuture(transaction.append(data)))));
  }

  CompletableFuture<AsyncTransaction> begin() {
    Set<StorageKey> locked = engine.lockedCallbacks.mine();
    return engine.operations.run(
        StorageOperation.of("begin"),
        () ->
            engine.opening.whole(
                index ->
                    new AsyncStoreTransaction(
                        new StoreTransaction(engine, locked),
                        engine.operations,
                        engine.operations::run)));
  }

  private interface Work<T> {
    CompletableFuture<T> run(StoreTransaction transaction);
  }

  private <T> Operations.Operation<T> retried(Set<StorageKey> locked, Work<T> work) {
    return () ->
        retries.afterConflict(
            () ->
                engine
                    .opening
                    .whole(index -> work)
                    .thenComposeAsync(w -> Operations.start(() -> attempt(locked, w)), threads.io));
  }

  private <T> CompletableFuture<T> attempt(Set<StorageKey> locked, Work<T> work)
      throws IOException {
    StoreTransaction transaction = new StoreTransaction(engine, locked);
    return work.run(transaction)
        .thenCompose(
            result -> Operations.start(() -> transaction.commit().thenApply(sequence -> result)))
        .whenComplete((result, error) -> transaction.rollback());
  }
}
