package io.ml4t.storage.filesystem;

import io.ml4t.storage.regime.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of a thread that ends a task, becomes idle and ends itself with tasks that come and
 * a shutdown. Tasks of a pool of one thread increment a number without any other protection: were
 * one lost or two threads at work, the number would be wrong, or somebody wait for ever.
 */
public class PoolInterleavingTests {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofHours(1);

  private final Pool pool = new Pool(1, AT_ONCE, Thread::new);
  private int last;

  @Operation
  public int next() {
    return CompletableFuture.supplyAsync(() -> ++last, pool).join();
  }

  @Test
  void no_run_of_stressed_scenarios_loses_a_task() {
    Scenarios.check(
        "pool",
        "stressed",
        new StressOptions().invocationsPerIteration(1_000).threads(3).actorsPerThread(3),
        PoolInterleavingTests.class);
  }

  @Test
  void no_interleaving_loses_a_task_that_meets_with_a_thread_that_ends() {
    Scenarios.check("pool whose threads end at once", () -> runTwoTasks(AT_ONCE));
  }

  @Test
  void no_interleaving_loses_a_task_that_meets_with_a_thread_that_becomes_idle() {
    Scenarios.check("pool whose threads stay", () -> runTwoTasks(LONG));
  }

  private static void runTwoTasks(Duration idle) {
    List<Thread> begun = new ArrayList<>();
    Pool pool =
        new Pool(
            1,
            idle,
            worker -> {
              Thread thread = new Thread(worker);
              begun.add(thread);
              return thread;
            });
    int[] count = new int[1];
    pool.execute(() -> count[0]++);
    pool.execute(() -> count[0]++);
    pool.shutdown();
    begun.forEach(PoolInterleavingTests::join);
    if (count[0] != 2 || !pool.isTerminated()) {
      throw new AssertionError("Only %d of 2 tasks were run".formatted(count[0]));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("No thread may be interrupted", e);
    }
  }
}
