package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Reads of one key while nobody, and while somebody, writes it, in turns. Beside them stands what
 * the machine does to a reader whatever the store does: reads beside the bare loop, which shares
 * nothing with them but processors and disk, and hand-overs to an idle thread and back, which is
 * how every read begins and ends.
 */
final class ReadsUnderWrites {
  private final Report report;
  private final Path root;
  private final int rounds;
  private final long turnNanos;

  ReadsUnderWrites(Report report, Path root, int rounds, long turnNanos) {
    this.report = report;
    this.root = root;
    this.rounds = rounds;
    this.turnNanos = turnNanos;
  }

  /**
   * Something called over and over beside something else.
   *
   * @param company ends by itself after a turn
   */
  private record Phase(String name, Runnable call, Runnable company, Histogram latencies) {
    Phase(String name, Runnable call, Runnable company) {
      this(name, call, company, new Histogram(TimeUnit.MINUTES.toNanos(1), 2));
    }

    double p99() {
      return latencies.getValueAtPercentile(99);
    }
  }

  void run() throws IOException {
    DataFrame frame = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS).frame();
    DataObject written = MarketData.object(frame, "W0");
    DataObject other = MarketData.object(frame, "R0");
    BareCommits bare = new BareCommits(root.resolve("bare"));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (FileSystemStorage storage = FileSystemStorage.builder(root.resolve("store")).build()) {
      storage.writeAll(List.of(written, other)).join();
      ClosedLoop writer = new ClosedLoop(storage, frame, 1);
      Runnable nobody = () -> {};
      Runnable write = () -> writer.run(turnNanos);
      Runnable read = () -> storage.read(written.key()).join();
      Runnable handOver = () -> CompletableFuture.runAsync(nobody, thread).join();
      Phase alone = new Phase("reads without a writer", read, nobody);
      Phase beside = new Phase("reads with a continuous writer", read, write);
      Phase floor = new Phase("hand-overs without a writer", handOver, nobody);
      List<Phase> reads =
          List.of(
              alone,
              new Phase("reads beside the bare loop", read, () -> commit(bare)),
              new Phase(
                  "reads with a writer of another key",
                  () -> storage.read(other.key()).join(),
                  write),
              beside);
      List<Phase> handOvers =
          List.of(floor, new Phase("hand-overs with a continuous writer", handOver, write));
      measure(List.of(reads, handOvers));
      report.note("\n| one after another | calls | p50 | p99 | p99, as a multiple |");
      report.note("|---|---:|---:|---:|---:|");
      reads.forEach(phase -> row(phase, alone));
      handOvers.forEach(phase -> row(phase, floor));
      report.figure("load-read-p99-with-writer", beside.p99() / alone.p99(), AT_MOST, 2, "x");
    } finally {
      thread.shutdown();
    }
  }

  private void measure(List<List<Phase>> phases) {
    for (int round = -1; round < rounds; round++) {
      phases.forEach(kind -> kind.forEach(this::turn));
      if (round < 0) {
        phases.forEach(kind -> kind.forEach(phase -> phase.latencies.reset()));
      }
    }
  }

  private void turn(Phase phase) {
    CompletableFuture<Void> company =
        CompletableFuture.runAsync(phase.company, task -> new Thread(task).start());
    long end = System.nanoTime() + turnNanos;
    for (long start = System.nanoTime(); start - end < 0; ) {
      phase.call.run();
      long now = System.nanoTime();
      phase.latencies.recordValue(now - start);
      start = now;
    }
    company.join();
  }

  private void commit(BareCommits bare) {
    try {
      bare.run(turnNanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void row(Phase phase, Phase base) {
    report.note(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %.2f |",
            phase.name,
            phase.latencies.getTotalCount(),
            Report.time((double) phase.latencies.getValueAtPercentile(50)),
            Report.time(phase.p99()),
            phase.p99() / base.p99()));
  }
}
