package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.event.OperationListener;
import io.ml4t.storage.event.OperationOutcome;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.event.StorageOperation;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the operations of a store off their callers' threads, until the store is closed. */
final class Operations {
  private final Executor executor;
  private final String store;
  private final StorageListener listener;
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private int running;
  private boolean closed;

  Operations(Executor executor, String store, StorageListener listener) {
    this.executor = executor;
    this.store = store;
    this.listener = listener;
  }

  /** What an operation does; it may block its thread for file operations only. */
  interface Operation<T> {
    CompletableFuture<T> run() throws IOException;
  }

  /** What an operation does that is over when it returns. */
  interface Step<T> {
    T run() throws IOException;
  }

  <T> CompletableFuture<T> call(Step<T> step) {
    return run(() -> CompletableFuture.completedFuture(step.run()));
  }

  /** Begins what a caller asked for, and lets the listener hear of it. */
  <T> CompletableFuture<T> call(StorageOperation asked, Step<T> step) {
    return run(asked, () -> CompletableFuture.completedFuture(step.run()));
  }

  /**
   * Begins an operation on another thread. Cancelling the result before that thread begins cancels
   * the operation; later, only the result.
   */
  <T> CompletableFuture<T> run(Operation<T> operation) {
    return run(OperationListener.NONE, operation);
  }

  /** Begins what a caller asked for, and lets the listener hear of it. */
  <T> CompletableFuture<T> run(StorageOperation asked, Operation<T> operation) {
    return run(listener.operationStarted(asked), operation);
  }

  private <T> CompletableFuture<T> run(OperationListener heard, Operation<T> operation) {
    if (!enter()) {
      StorageException error =
          new StorageClosedException("Cannot use store " + store + ": it is closed");
      heard.ended(OperationOutcome.failure(error));
      return CompletableFuture.failedFuture(error);
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () -> {
          if (result.isDone()) {
            leave();
            heard.ended(OperationOutcome.failure(new CancellationException()));
            return;
          }
          start(operation)
              .whenComplete(
                  (value, error) -> {
                    leave();
                    if (error == null) {
                      heard.ended(OperationOutcome.success(value));
                      result.complete(value);
                    } else {
                      Throwable reason = typed(error);
                      heard.ended(OperationOutcome.failure(reason));
                      result.completeExceptionally(reason);
                    }
                  });
        });
    return result;
  }

  /**
   * Begins a part of an operation that is under way, on another thread: also while the store waits
   * for that operation in order to close.
   */
  <T> CompletableFuture<T> inner(Operation<T> operation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () ->
            start(operation)
                .whenComplete(
                    (value, error) -> {
                      if (error == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(typed(error));
                      }
                    }));
    return result;
  }

  /** Begins an operation on this thread; an error becomes that of the result. */
  static <T> CompletableFuture<T> start(Operation<T> operation) {
    try {
      return operation.run();
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Runs a step on this thread. */
  static <T> T now(Step<T> step) {
    try {
      return step.run();
    } catch (IOException e) {
      throw new StorageException("Cannot use the store's files: " + e, e);
    }
  }

  /** Waits for an operation of the store's own, while it is opened. */
  static <T> T await(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (typed(e) instanceof StorageException error) {
        throw error;
      }
      throw e;
    }
  }

  /** The error as callers know it. */
  static Throwable typed(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return cause instanceof IOException
        ? new StorageException("Cannot use the store's files: " + cause, cause)
        : cause;
  }

  /**
   * Goes on with a result: on this thread where it is there already, else on the executor, for the
   * thread that completes it has its own work to do.
   */
  <T, U> CompletableFuture<U> then(
      CompletableFuture<T> result, Function<T, CompletableFuture<U>> next) {
    return result.isDone() ? result.thenCompose(next) : result.thenComposeAsync(next, executor);
  }

  private synchronized boolean enter() {
    if (closed) {
      return false;
    }
    running++;
    return true;
  }

  private void leave() {
    boolean last;
    synchronized (this) {
      running--;
      last = closed && running == 0;
    }
    if (last) {
      idle.complete(null);
    }
  }

  /** Completes when the store is closed and the last operation is over. */
  CompletableFuture<Void> idle() {
    return idle;
  }

  /**
   * Takes no further operations.
   *
   * @return completes when those that have begun are over; null where the store was closed before
   */
  @Nullable CompletableFuture<Void> close() {
    boolean last;
    synchronized (this) {
      if (closed) {
        return null;
      }
      closed = true;
      last = running == 0;
    }
    if (last) {
      idle.complete(null);
    }
    return idle;
  }
}
