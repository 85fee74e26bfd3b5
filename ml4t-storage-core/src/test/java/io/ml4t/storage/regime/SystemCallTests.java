package io.ml4t.storage.regime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 1: a process dies at each of its system calls that change something, and the next one to
 * open the store finds every acknowledged commit, every key whole, transactions done or not, and
 * the plain view equal to the log.
 */
class SystemCallTests {
  private static final int SLICE = 2;

  @TempDir Path folder;
  private final List<String> violations = Regime.violations();
  private int points;

  @Test
  void a_process_that_dies_at_any_system_call_loses_nothing() throws IOException {
    String unavailable = SystemCalls.unavailable();
    if (unavailable != null) {
      Regime.skipped("1 system-calls", unavailable);
    }
    assumeTrue(unavailable == null, unavailable);
    Random random = Regime.random("1");
    List<Step> steps = new ArrayList<>(List.of(Step.values()));
    Collections.shuffle(steps, random);
    for (Step step : steps.subList(0, Regime.size(SLICE, steps.size()))) {
      run(step, Regime.size(SLICE, Integer.MAX_VALUE), random);
    }
    Regime.figure(
        "1 system-calls",
        "%d/%d points survived".formatted(points - violations.size(), points),
        "all",
        violations);
  }

  /** Dies at every call of the step, or at some chosen by chance. */
  private void run(Step step, int limit, Random random) throws IOException {
    List<SystemCalls.Point> all = new ArrayList<>();
    Path recorded = folder.resolve("calls");
    new Trial(step).run(pid -> SystemCalls.record(pid, recorded));
    SystemCalls.count(recorded)
        .forEach(
            (call, count) -> {
              for (int n = 1; n <= count; n++) {
                all.add(new SystemCalls.Point(call, n));
              }
            });
    Collections.shuffle(all, random);
    for (SystemCalls.Point point : all.subList(0, Math.min(limit, all.size()))) {
      points++;
      Trial trial = new Trial(step);
      boolean acknowledged = trial.run(pid -> SystemCalls.killAt(pid, point));
      List<String> wrong = trial.check(acknowledged);
      if (!wrong.isEmpty()) {
        violations.add(step + " killed at " + point + ": " + wrong);
      }
    }
  }

  private interface Observer {
    SystemCalls attach(long pid) throws IOException;
  }

  /** One process, its root and what became of it. */
  private final class Trial {
    private final Path root = Files.createTempDirectory(folder, "store");
    private final Step step;
    private final SortedMap<StorageKey, DataObject> before;

    Trial(Step step) throws IOException {
      this.step = step;
      Step.prepare(root);
      try (FileSystemStorage store = Step.open(root)) {
        before = Contents.of(store.blocking());
      }
    }

    /** Runs the process to its end, and tells whether it has acknowledged the step. */
    boolean run(Observer observer) throws IOException {
      Path warm = Files.createTempDirectory(folder, "warm");
      try (JavaProcess process = new JavaProcess(StepsProgram.class, root, warm, step)) {
        process.await("READY");
        SystemCalls observed = observer.attach(process.pid());
        process.tell("go");
        boolean acknowledged = process.rest().contains("ACKNOWLEDGED");
        observed.awaitEnd();
        return acknowledged;
      }
    }

    /** What is wrong with the store that the process left behind. */
    List<String> check(boolean acknowledged) throws IOException {
      List<String> wrong = new ArrayList<>();
      try (FileSystemStorage store = Step.open(root)) {
        SortedMap<StorageKey, DataObject> found = Contents.of(store.blocking());
        wrong.addAll(Contents.problems(store));
        wrong.addAll(Contents.strayFiles(store));
        boolean isUndone = !acknowledged && found.equals(before);
        step.run(store);
        if (!isUndone && !found.equals(Contents.of(store.blocking()))) {
          wrong.add("acknowledged " + acknowledged + ", found " + found.keySet());
        }
        store.blocking().write(Bars.of("AFTER", 1, 1));
      }
      try (FileSystemStorage store = Step.open(root)) {
        if (!store.blocking().read("equities/daily/AFTER").equals(Bars.of("AFTER", 1, 1))) {
          wrong.add("a later write is lost");
        }
      }
      return wrong;
    }
  }
}
