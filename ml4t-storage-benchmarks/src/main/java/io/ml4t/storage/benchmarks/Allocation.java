package io.ml4t.storage.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a task allocates on the heap. */
final class Allocation {
  private static final int WARMUPS = 2;
  private static final int RUNS = 5;

  private Allocation() {}

  /**
   * Runs a task that uses no thread but the caller's.
   *
   * @return the bytes that one run allocates, in the median
   */
  static double perRun(Contestant.Task task) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] bytes = new double[RUNS];
    for (int run = -WARMUPS; run < RUNS; run++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      task.run();
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      if (run >= 0) {
        bytes[run] = allocated;
      }
    }
    return Contest.median(bytes);
  }
}
