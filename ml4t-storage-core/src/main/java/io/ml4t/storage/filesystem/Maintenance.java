package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.lock.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checkpoints from time to time, off the path of any operation, one process at a time. */
final class Maintenance {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  /** The slot of the lock file that the process holds that makes a checkpoint. */
  static final int CHECKPOINT_SLOT = 0;

  private static final Duration RETRY = Duration.ofMillis(10);
  private static final long MAX_LOG_BYTES = 64L << 20;

  private final CommitLog commits;
  private final Checkpointer checkpointer;
  private final KeyLocks locks;
  private final Operations operations;
  private final StoreThreads threads;
  private final int interval;
  private final AtomicBoolean running = new AtomicBoolean();

  /** The newest checkpoint that this process knows, whoever made it. */
  private volatile long last;

  Maintenance(
      CommitLog commits,
      Checkpointer checkpointer,
      KeyLocks locks,
      Operations operations,
      StoreThreads threads,
      int interval,
      long last) {
    this.commits = commits;
    this.checkpointer = checkpointer;
    this.locks = locks;
    this.operations = operations;
    this.threads = threads;
    this.interval = interval;
    this.last = last;
  }

  /**
   * Begins a checkpoint if one is due. The more versions are kept, the rarer it is, so that the
   * cost per commit does not grow with them.
   */
  void afterCommit() {
    if (isDue() && running.compareAndSet(false, true)) {
      operations
          .call(this::checkpointIfDue)
          .whenComplete(
              (made, error) -> {
                if (error != null && !(error instanceof StorageClosedException)) {
                  log.warn(
                      "Cannot make a checkpoint, the log stays as it is: {}", error.toString());
                }
                running.set(false);
              });
    }
  }

  private boolean isDue() {
    Index index = commits.index();
    return index.head().sequence() - last >= Math.max(interval, index.versionCount() / 8)
        || commits.bytesSinceCheckpoint() >= MAX_LOG_BYTES;
  }

  /** Makes a checkpoint, unless another process is at it or has made one that will do. */
  private boolean checkpointIfDue() throws IOException {
    return alone(
            () -> {
              startFrom(checkpointer.newest());
              boolean isStillDue = isDue();
              if (isStillDue) {
                startFrom(commits.index().head().sequence()); // So that a failure has to wait, too.
                checkpointer.run();
              }
              return isStillDue;
            })
        .orElse(false);
  }

  /** Counts from a checkpoint on. */
  private void startFrom(long checkpoint) {
    if (checkpoint > last) {
      last = checkpoint;
      commits.checkpointed();
    }
  }

  /** Makes a checkpoint now, unless another process is at it. */
  boolean checkpoint() throws IOException {
    return alone(
            () -> {
              checkpointer.run();
              commits.checkpointed();
              return true;
            })
        .isPresent();
  }

  /** Makes a checkpoint and deletes all that it does not need, unless another process is at it. */
  boolean vacuum() throws IOException {
    return alone(this::vacuumAlone).isPresent();
  }

  /** As {@link #vacuum}, as soon as no other process is at it. */
  CompletableFuture<Boolean> vacuumOnceIdle() throws IOException {
    return whenIdle(this::vacuumAlone);
  }

  private boolean vacuumAlone() throws IOException {
    checkpointer.vacuum();
    commits.checkpointed();
    return true;
  }

  /** Runs a step while no process makes a checkpoint, as soon as that is so. */
  <T> CompletableFuture<T> whenIdle(Operations.Step<T> step) throws IOException {
    Optional<T> result = alone(step);
    return result.isPresent()
        ? CompletableFuture.completedFuture(result.get())
        : CompletableFuture.supplyAsync(() -> step, later())
            .thenCompose(again -> Operations.start(() -> whenIdle(again)));
  }

  private Executor later() {
    return task ->
        threads.timer.schedule(
            () -> threads.io.execute(task), RETRY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> Optional<T> alone(Operations.Step<T> step) throws IOException {
    Optional<Lease> lease = locks.tryReserved(CHECKPOINT_SLOT, "checkpoint");
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(step.run());
    } finally {
      lease.get().close();
    }
  }
}
