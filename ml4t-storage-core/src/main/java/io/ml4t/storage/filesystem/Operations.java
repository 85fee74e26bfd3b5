package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.event.OperationListener;
import io.ml4t.storage.event.OperationOutcome;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.event.StorageOperation;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operations of a store off their callers' threads, as many at a time as there is room
 * for, until the store is closed.
 *
 * <p>Reads do not wait for room that changes take, nor either for users' callbacks, which may take
 * as long as they like. The store's own work needs no room, nor does what a callback asks for: what
 * has begun can always come to its end.
 */
final class Operations {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  /** How many users' callbacks run at a time, but for those that other callbacks wait for. */
  private static final int MAX_CALLBACKS = 64;

  private static final Request OWN = new Request("own", 0);

  /**
   * What an operation needs.
   *
   * @param name what is asked for
   * @param bytes what its frames take, about
   */
  record Request(String name, long bytes) {}

  private final Executor executor;
  private final Callbacks callbacks;
  private final String store;
  private final StorageListener listener;
  private final @Nullable UnaryOperator<Runnable> decorator;
  private final Admission forReads;
  private final Admission forChanges;
  private final Admission forCallbacks;
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private final Set<OperationTask<?>> running = new HashSet<>();
  private final Set<Runnable> whenClosed = new HashSet<>();
  private boolean closed;
  private boolean over;

  Operations(
      StoreThreads threads,
      Callbacks callbacks,
      String store,
      StorageListener listener,
      CallerOptions options) {
    this.executor = threads.ioOrCaller;
    this.callbacks = callbacks;
    this.store = store;
    this.listener = listener;
    this.decorator = options.decorator();
    Admission.Limits limits = options.limits();
    forChanges = new Admission(limits, threads.timer, executor);
    // What waits to be read or to be called back holds no frames yet.
    forReads = room(limits, limits.operations(), threads);
    forCallbacks = room(limits, Math.min(MAX_CALLBACKS, limits.operations()), threads);
  }

  private static Admission room(Admission.Limits limits, int count, StoreThreads threads) {
    return new Admission(
        new Admission.Limits(
            count, limits.bytes(), limits.waiting(), Long.MAX_VALUE, limits.queueWait()),
        threads.timer,
        threads.io);
  }

  /** What an operation does; it may block its thread for file operations only. */
  interface Operation<T> {
    CompletableFuture<T> run() throws IOException;
  }

  /** What an operation does that is over when it returns. */
  interface Step<T> {
    T run() throws IOException;
  }

  /** The context of the calling thread. */
  CallerContext context() {
    return CallerContext.capture(decorator);
  }

  /** Begins work of the store's own. */
  <T> CompletableFuture<T> call(Step<T> step) {
    return run(() -> CompletableFuture.completedFuture(step.run()));
  }

  /** Begins work of the store's own. */
  <T> CompletableFuture<T> run(Operation<T> operation) {
    return submit(OWN, null, OperationListener.NONE, operation);
  }

  /** Begins a read, or something else that hands nothing over, see {@link #read}. */
  <T> CompletableFuture<T> call(StorageOperation asked, Step<T> step) {
    return run(asked, () -> CompletableFuture.completedFuture(step.run()));
  }

  /** Begins a read, or something else that hands nothing over, see {@link #read}. */
  <T> CompletableFuture<T> run(StorageOperation asked, Operation<T> operation) {
    return read(asked, 0, operation);
  }

  /**
   * Begins a read on another thread. Cancelling the result before that thread begins cancels the
   * operation; later, only the result.
   */
  <T> CompletableFuture<T> read(StorageOperation asked, long bytes, Operation<T> operation) {
    return submit(asked, bytes, forReads, operation);
  }

  /** Begins a change on another thread. */
  <T> CompletableFuture<T> change(StorageOperation asked, long bytes, Operation<T> operation) {
    return submit(asked, bytes, forChanges, operation);
  }

  /** Begins something on another thread that runs code of the user's own. */
  <T> CompletableFuture<T> callback(StorageOperation asked, Operation<T> operation) {
    return submit(asked, 0, forCallbacks, operation);
  }

  private <T> CompletableFuture<T> submit(
      StorageOperation asked, long bytes, Admission room, Operation<T> operation) {
    return submit(
        new Request(asked.name(), bytes),
        callbacks.isInside() ? null : room,
        listener.operationStarted(asked),
        operation);
  }

  private <T> CompletableFuture<T> submit(
      Request request, @Nullable Admission room, OperationListener heard, Operation<T> operation) {
    OperationTask<T> task = new OperationTask<>(this, request, room, heard, context(), operation);
    if (!enter(task)) {
      StorageException error =
          new StorageClosedException("Cannot use store " + store + ": it is closed");
      heard.ended(OperationOutcome.failure(error));
      return CompletableFuture.failedFuture(error);
    }
    return task.submit();
  }

  void execute(Runnable step) {
    executor.execute(step);
  }

  /**
   * Begins a part of an operation that is under way, on another thread: also while the store waits
   * for that operation in order to close. What depends on it runs in the caller's context.
   */
  <T> CompletableFuture<T> inner(Operation<T> operation) {
    CallerContext context = context();
    CompletableFuture<T> result = new CompletableFuture<>();
    executor.execute(
        () ->
            start(operation)
                .whenComplete(
                    (value, error) ->
                        context.run(
                            () -> {
                              if (error == null) {
                                result.complete(value);
                              } else {
                                result.completeExceptionally(typed(error));
                              }
                            })));
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

  private synchronized boolean enter(OperationTask<?> task) {
    if (!closed) {
      running.add(task);
    }
    return !closed;
  }

  void leave(OperationTask<?> task) {
    boolean last;
    synchronized (this) {
      running.remove(task);
      last = closed && running.isEmpty();
    }
    if (last) {
      over();
    }
  }

  private void over() {
    List<Runnable> steps;
    synchronized (this) {
      over = true;
      steps = List.copyOf(whenClosed);
      whenClosed.clear();
    }
    idle.complete(null);
    steps.forEach(Operations::tell);
  }

  private static void tell(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      log.warn("Somebody who waited for the store's close failed to hear of it", e);
    }
  }

  /** Has a step run once the store is closed, and all is over or abandoned. */
  void whenClosed(Runnable step) {
    synchronized (this) {
      if (!over) {
        whenClosed.add(step);
        return;
      }
    }
    step.run();
  }

  synchronized void forget(Runnable step) {
    whenClosed.remove(step);
  }

  /** How much of the store's callers is under way and waits. */
  StorageStatus.Load load() {
    Admission.Use reads = forReads.use();
    Admission.Use changes = forChanges.use();
    Admission.Use others = forCallbacks.use();
    return new StorageStatus.Load(
        reads.running() + changes.running() + others.running(),
        reads.waiting() + changes.waiting() + others.waiting(),
        reads.bytes() + changes.bytes(),
        reads.waitingBytes() + changes.waitingBytes());
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
      last = running.isEmpty();
    }
    if (last) {
      over();
    }
    return idle;
  }

  /**
   * Lets go the callers of all that is not over.
   *
   * @return what they had asked for
   */
  List<String> abandon() {
    List<OperationTask<?>> left;
    synchronized (this) {
      left = List.copyOf(running);
    }
    left.forEach(
        task ->
            task.abandon(
                new StorageClosedException(
                    "Cannot wait for '%s' in store %s: the store was closed before it was over; read the keys to see whether it was done"
                        .formatted(task.name(), store))));
    over();
    return left.stream().map(OperationTask::name).sorted().toList();
  }
}
