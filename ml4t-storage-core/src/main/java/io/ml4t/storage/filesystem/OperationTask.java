package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageOverloadedException;
import io.ml4t.storage.event.OperationListener;
import io.ml4t.storage.event.OperationOutcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One operation, from the call to its end. */
final class OperationTask<T> implements Admission.Waiter {
  private final Operations operations;
  private final Operations.Request request;
  private final Operations.Operation<T> operation;
  private final OperationListener heard;
  private final CallerContext context;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Where the operation takes room; null for one that needs none. */
  private final @Nullable Admission room;

  OperationTask(
      Operations operations,
      Operations.Request request,
      @Nullable Admission room,
      OperationListener heard,
      CallerContext context,
      Operations.Operation<T> operation) {
    this.operations = operations;
    this.request = request;
    this.room = room;
    this.heard = heard;
    this.context = context;
    this.operation = operation;
  }

  @Override
  public String name() {
    return request.name();
  }

  @Override
  public long bytes() {
    return request.bytes();
  }

  CompletableFuture<T> submit() {
    if (room == null) {
      begin();
    } else if (room.enter(this)) {
      result.whenComplete((value, error) -> withdraw(room));
    }
    return result;
  }

  @Override
  public void begin() {
    operations.execute(this::run);
  }

  private void run() {
    if (result.isDone()) {
      leaveRoom();
      over(OperationOutcome.failure(new CancellationException()));
    } else {
      Operations.start(operation).whenComplete(this::end);
    }
  }

  private void end(@Nullable T value, @Nullable Throwable error) {
    leaveRoom();
    if (error == null) {
      over(OperationOutcome.success(value));
      context.run(() -> result.complete(value));
    } else {
      fail(Operations.typed(error));
    }
  }

  private void leaveRoom() {
    if (room != null) {
      room.leave(this);
    }
  }

  /** The listener first: once the last operation has left, the store may be closed. */
  private void over(OperationOutcome outcome) {
    try {
      heard.ended(outcome);
    } finally {
      operations.leave(this);
    }
  }

  private void fail(Throwable reason) {
    over(OperationOutcome.failure(reason));
    context.run(() -> result.completeExceptionally(reason));
  }

  @Override
  public void refuse(StorageOverloadedException reason) {
    fail(reason);
  }

  private void withdraw(Admission line) {
    if (line.withdraw(this)) {
      over(OperationOutcome.failure(new CancellationException()));
    }
  }

  /** Lets the caller go; an operation that has begun runs to its end all the same. */
  void abandon(StorageException reason) {
    result.completeExceptionally(reason);
  }
}
