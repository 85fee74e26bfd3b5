package io.ml4t.storage.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the caller's thread and, where that pays, on whatever threads of an executor are
 * free. The caller takes tasks too and waits for nothing but tasks that have begun, so it may
 * itself be a thread of that executor: nothing blocks, however busy the executor is.
 */
final class Parallel {
  interface Task {
    void run() throws IOException;
  }

  /** More helpers than this have never been needed: the caller reads one frame. */
  private static final int MAX_HELPERS =
      Math.max(0, Runtime.getRuntime().availableProcessors() - 1);

  private final @Nullable Executor executor;

  /**
   * @param executor null for the caller's thread alone
   */
  Parallel(@Nullable Executor executor) {
    this.executor = executor;
  }

  /** Runs all tasks; the first to fail stops those that have not begun. */
  void run(List<Task> tasks, boolean large) {
    Run run = new Run(tasks);
    if (executor != null && large) {
      for (int i = Math.min(MAX_HELPERS, tasks.size() - 1); i > 0; i--) {
        try {
          executor.execute(run::help);
        } catch (RejectedExecutionException busy) {
          break;
        }
      }
    }
    run.work();
    run.await();
  }

  private static final class Run {
    private final List<Task> tasks;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** The caller and the helpers that have begun; it ends when all have left. */
    private final Phaser workers = new Phaser(1);

    Run(List<Task> tasks) {
      this.tasks = tasks;
    }

    void help() {
      // Negative once the caller has left: then there is nothing more to do.
      if (workers.register() >= 0) {
        try {
          work();
        } finally {
          workers.arriveAndDeregister();
        }
      }
    }

    void work() {
      for (int i; failure.get() == null && (i = next.getAndIncrement()) < tasks.size(); ) {
        try {
          tasks.get(i).run();
        } catch (Throwable e) {
          failure.compareAndSet(null, e);
        }
      }
    }

    void await() {
      workers.arriveAndAwaitAdvance();
      workers.forceTermination();
      Throwable e = failure.get();
      if (e instanceof Error error) {
        throw error;
      } else if (e instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (e instanceof IOException io) {
        throw new UncheckedIOException(io);
      }
    }
  }
}
