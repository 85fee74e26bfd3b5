package io.ml4t.storage.regime;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regime 9: several processes increment one counter, and none of the increments is lost. */
class ContentionTests {
  @TempDir Path folder;
  private final List<String> violations = Regime.violations();
  private final List<Long> waits = new ArrayList<>();
  private int increments;

  @Test
  void processes_that_increment_one_counter_lose_no_update() throws IOException {
    int most = Regime.size(3, 8);
    for (int processes = Regime.size(3, 2); processes <= most; processes++) {
      run(processes, Regime.size(25, 500));
    }
    Regime.figure(
        "9 contention",
        "%d increments by up to %d processes, wait p50 %.1f ms p99 %.1f ms, %d violations"
            .formatted(
                increments,
                most,
                Regime.percentile(waits, 0.5) / 1e3,
                Regime.percentile(waits, 0.99) / 1e3,
                violations.size()),
        "lost updates 0, torn reads 0",
        violations);
  }

  private void run(int count, int each) throws IOException {
    Path root = folder.resolve("of-" + count);
    List<JavaProcess> processes = new ArrayList<>();
    try (FileSystemStorage store = Counter.open(root)) {
      store.blocking().write(Counter.of(0));
      for (int i = 0; i < count; i++) {
        processes.add(new JavaProcess(CounterProgram.class, root, each));
      }
      for (JavaProcess process : processes) {
        process.await("READY");
      }
      for (JavaProcess process : processes) {
        process.tell("go");
      }
      for (JavaProcess process : processes) {
        process.rest().forEach(line -> waits.add(Long.valueOf(line)));
        if (process.status() != 0) {
          violations.add("a process ended with status " + process.status());
        }
      }
      increments += count * each;
      long value = Counter.value(store.blocking().read(Counter.KEY));
      if (value != (long) count * each) {
        violations.add(
            "%d processes with %d increments each count to %d".formatted(count, each, value));
      }
    } finally {
      processes.forEach(JavaProcess::close);
    }
  }
}
