package io.ml4t.storage.regime;

import io.ml4t.storage.filesystem.CheckpointFuzzing;
import io.ml4t.storage.filesystem.RecordFuzzing;
import io.ml4t.storage.parquet.ParquetFuzzing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 7: whatever bytes the readers of the store's formats get, they give a typed error, or an
 * answer that survives being written and read again; in bounded time, within eight times the bytes
 * and 16 MiB of heap.
 */
class FuzzTests {
  private static final List<Class<? extends FuzzTarget<?>>> TARGETS =
      List.of(
          ParquetFuzzing.class,
          RecordFuzzing.class,
          CheckpointFuzzing.class,
          SidecarFuzzing.class,
          KeyFuzzing.class);

  @TempDir Path root;

  @Test
  void mutated_bytes_give_typed_errors_or_answers_that_hold() throws Exception {
    int seed = Regime.random("7").nextInt(Integer.MAX_VALUE);
    int executions = Regime.size(2_000, 2_000_000);
    List<String> violations = Regime.violations();
    long tried = 0;
    for (Class<? extends FuzzTarget<?>> target : TARGETS) {
      Path folder = Files.createDirectories(root.resolve(target.getSimpleName()));
      Jazzer.Outcome outcome = new Jazzer(folder).run(target, executions, seed);
      tried += outcome.executions();
      if (!outcome.finding().isEmpty()) {
        violations.add(outcome.finding());
      }
    }
    Regime.figure(
        "7 fuzz",
        "%d executions, crashes, hangs, OOM and untyped errors %d"
            .formatted(tried, violations.size()),
        "0",
        violations);
  }

  @Test
  void the_seeds_are_read_without_an_error() throws Exception {
    for (Class<? extends FuzzTarget<?>> target : TARGETS) {
      readSeeds(target.getDeclaredConstructor().newInstance());
    }
  }

  private static <T> void readSeeds(FuzzTarget<T> target) throws Exception {
    for (byte[] bytes : target.seeds()) {
      target.check(target.read(bytes));
    }
  }
}
