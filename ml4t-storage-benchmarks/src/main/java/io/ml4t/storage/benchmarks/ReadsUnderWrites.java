package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Reads of one key while nobody, and while somebody, writes it: the phases alternate. */
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

  void run() {
    Histogram alone = new Histogram(TimeUnit.MINUTES.toNanos(1), 2);
    Histogram beside = new Histogram(TimeUnit.MINUTES.toNanos(1), 2);
    try (FileSystemStorage storage = FileSystemStorage.builder(root).build()) {
      MarketData data = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS);
      ClosedLoop writer = new ClosedLoop(storage, data.frame(), 1);
      DataObject read = MarketData.object(data.frame(), "W0");
      storage.write(read).join();
      for (int round = -1; round < rounds; round++) {
        reads(storage, read, alone);
        CompletableFuture<Double> writing =
            CompletableFuture.supplyAsync(
                () -> writer.run(turnNanos), task -> new Thread(task).start());
        reads(storage, read, beside);
        writing.join();
        if (round < 0) {
          alone.reset();
          beside.reset();
        }
      }
    }
    report.note("\n| reads of one key | reads | p50 | p99 |\n|---|---:|---:|---:|");
    row("without a writer", alone);
    row("with a continuous writer", beside);
    report.figure(
        "load-read-p99-with-writer",
        (double) beside.getValueAtPercentile(99) / alone.getValueAtPercentile(99),
        AT_MOST,
        2,
        "x");
  }

  private void reads(FileSystemStorage storage, DataObject read, Histogram latencies) {
    long end = System.nanoTime() + turnNanos;
    for (long start = System.nanoTime(); start - end < 0; ) {
      storage.read(read.key()).join();
      long now = System.nanoTime();
      latencies.recordValue(now - start);
      start = now;
    }
  }

  private void row(String name, Histogram latencies) {
    report.note(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s |",
            name,
            latencies.getTotalCount(),
            Report.time((double) latencies.getValueAtPercentile(50)),
            Report.time((double) latencies.getValueAtPercentile(99))));
  }
}
