package io.ml4t.storage.filesystem;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's thread carries, such as a logging context, a trace or the user's identity; taken
 * along to the threads on which the caller's own code runs.
 */
final class CallerContext {
  /** What the decorated task is to do on each thread that runs it now. */
  private final Map<Thread, Runnable> jobs = new ConcurrentHashMap<>();

  private final @Nullable Runnable decorated;

  private CallerContext(@Nullable UnaryOperator<Runnable> decorator) {
    decorated = decorator == null ? null : decorator.apply(this::runJob);
  }

  /**
   * The context of the calling thread.
   *
   * @param decorator wraps a task on the calling thread, so that it runs in that thread's context;
   *     null where there is nothing to take along
   */
  static CallerContext capture(@Nullable UnaryOperator<Runnable> decorator) {
    return new CallerContext(decorator);
  }

  private void runJob() {
    Runnable job = jobs.remove(Thread.currentThread());
    if (job != null) {
      job.run();
    }
  }

  /** Runs a job on this thread, in the context. */
  void run(Runnable job) {
    if (decorated == null) {
      job.run();
      return;
    }
    jobs.put(Thread.currentThread(), job);
    try {
      decorated.run();
    } finally {
      runJob(); // Where the decorator did not, for somebody waits for it.
    }
  }

  /** Begins something on this thread, in the context. */
  <T> CompletableFuture<T> start(Operations.Operation<T> operation) {
    CompletableFuture<CompletableFuture<T>> started = new CompletableFuture<>();
    run(() -> started.complete(Operations.start(operation)));
    return started.thenCompose(Function.identity());
  }
}
