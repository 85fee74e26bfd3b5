package io.ml4t.storage.regime;

import io.ml4t.storage.Snapshot;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 4: three processes work on one root, and again and again one of them is killed. What it
 * had acknowledged is there, and what it was doing is done or not.
 */
class KillTests {
  private static final int PROCESSES = 3;
  private static final int MAX_OPERATIONS = 40;

  @TempDir Path root;
  private final List<String> violations = Regime.violations();
  private final List<Long> recoveries = new ArrayList<>();
  private final JavaProcess[] processes = new JavaProcess[PROCESSES];

  /** The last operation of each process that was acknowledged to us. */
  private final int[] acknowledged = {-1, -1, -1};

  private int operations;

  @Test
  void processes_killed_at_random_lose_nothing_that_was_acknowledged() throws IOException {
    Random random = Regime.random("4");
    int kills = Regime.size(3, 1_000);
    try {
      for (int process = 0; process < PROCESSES; process++) {
        start(process);
      }
      for (int kill = 0; kill < kills; kill++) {
        int victim = random.nextInt(PROCESSES);
        for (JavaProcess process : processes) {
          process.tell(Integer.toString(MAX_OPERATIONS));
        }
        follow(victim, 1 + random.nextInt(MAX_OPERATIONS));
        LockSupport.parkNanos(random.nextInt(5_000_000)); // To die in the middle of something.
        stop(victim);
        start(victim);
        if (kill % 50 == 49) {
          System.out.println("regime-4: " + (kill + 1) + " kills, violations " + violations);
        }
      }
      for (int process = 0; process < PROCESSES; process++) {
        stop(process);
      }
      checkAll();
    } finally {
      for (JavaProcess process : processes) {
        if (process != null) {
          process.close();
        }
      }
    }
    Regime.figure(
        "4 kills",
        "%d kills, %d operations acknowledged, lost %d, recovery p50 %d ms p99 %d ms"
            .formatted(
                kills + PROCESSES,
                operations,
                violations.size(),
                Regime.percentile(recoveries, 0.5),
                Regime.percentile(recoveries, 0.99)),
        "acknowledged lost 0",
        violations);
  }

  private void start(int process) throws IOException {
    int next = acknowledged[process] + 1;
    processes[process] = new JavaProcess(WorkloadProgram.class, root, process, next);
  }

  private void follow(int process, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      acknowledge(process, processes[process].line());
    }
  }

  private void acknowledge(int process, String line) {
    if (Integer.parseInt(line) != acknowledged[process] + 1) {
      throw new IllegalStateException("Operation " + line + " after " + acknowledged[process]);
    }
    acknowledged[process]++;
    operations++;
  }

  /** Kills a process, and holds what it left against what it had said. */
  private void stop(int process) throws IOException {
    processes[process].kill();
    for (String line : processes[process].rest()) {
      acknowledge(process, line);
    }
    processes[process].close();
    int last = acknowledged[process];
    Workload workload = new Workload(process);
    long start = System.nanoTime();
    try (FileSystemStorage store = Workload.open(root)) {
      Snapshot snapshot = store.blocking().snapshot();
      List<String> found = workload.own(snapshot);
      recoveries.add((System.nanoTime() - start) / 1_000_000);
      if (found.equals(workload.expected(last + 1))) {
        acknowledged[process]++; // It was done, only we had not heard of it.
      } else if (!found.equals(workload.expected(last))) {
        violations.add("process %d after operation %d: %s".formatted(process, last, found));
      }
      int unaccounted = Workload.unaccounted(snapshot, PROCESSES);
      if (unaccounted != 0) {
        violations.add("increments without an entry in a ledger: " + unaccounted);
      }
    }
  }

  private void checkAll() throws IOException {
    try (FileSystemStorage store = Workload.open(root)) {
      violations.addAll(Contents.problems(store));
      violations.addAll(Contents.strayFiles(store));
      if (!store.maintenance().vacuum().join()) {
        violations.add("a dead process holds the lock of checkpoints");
      }
      violations.addAll(Contents.problems(store));
    }
  }
}
