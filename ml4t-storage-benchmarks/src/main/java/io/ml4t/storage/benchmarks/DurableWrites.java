package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_LEAST;

import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.frame.DataFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durable commits a second by writers, beside the least that any durable commit costs. */
final class DurableWrites {
  private static final List<Integer> WRITERS = List.of(1, 4, 16, 64, 256);

  private final Report report;
  private final Path root;
  private final int rounds;
  private final long turnNanos;

  DurableWrites(Report report, Path root, int rounds, long turnNanos) {
    this.report = report;
    this.root = root;
    this.rounds = rounds;
    this.turnNanos = turnNanos;
  }

  void run() throws Exception {
    DataFrame frame = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS).frame();
    BareCommits bare = new BareCommits(root.resolve("bare"));
    try (FileSystemStorage behind = open(PublishMode.BEHIND);
        FileSystemStorage withCommit = open(PublishMode.WITH_COMMIT);
        FileSystemStorage unsynced =
            builder("unsynced", PublishMode.BEHIND).durability(Durability.RELAXED).build()) {
      List<ClosedLoop> behindLoops = loops(behind, frame);
      List<ClosedLoop> withCommitLoops = loops(withCommit, frame);
      List<ClosedLoop> unsyncedLoops = List.of(new ClosedLoop(unsynced, frame, 1));
      double[] bareRates = new double[rounds];
      double[][] behindRates = new double[WRITERS.size()][rounds];
      double[][] withCommitRates = new double[WRITERS.size()][rounds];
      double[][] unsyncedRates = new double[1][rounds];
      for (int round = -1; round < rounds; round++) {
        int slot = Math.max(0, round);
        bareRates[slot] = bare.run(turnNanos);
        unsyncedRates[0][slot] = unsyncedLoops.get(0).run(turnNanos);
        unsynced.flush().join();
        for (int i = 0; i < WRITERS.size(); i++) {
          behindRates[i][slot] = behindLoops.get(i).run(turnNanos);
          behind.flush().join();
          withCommitRates[i][slot] = withCommitLoops.get(i).run(turnNanos);
        }
        if (round < 0) {
          behindLoops.forEach(loop -> loop.latencies().reset());
          withCommitLoops.forEach(loop -> loop.latencies().reset());
          unsyncedLoops.forEach(loop -> loop.latencies().reset());
        }
      }
      double bareRate = Contest.median(bareRates);
      report.note("\n| durable writes of 252 rows | commits/s | p50 | p99 |\n|---|---:|---:|---:|");
      report.note(
          String.format(
              Locale.ROOT, "| bare: write 7 KB, fsync, link, fsync folder | %.0f | | |", bareRate));
      rows("behind, relaxed", unsyncedLoops, unsyncedRates);
      rows("behind", behindLoops, behindRates);
      rows("with-commit", withCommitLoops, withCommitRates);
      double one = Contest.median(behindRates[0]);
      report.figure(
          "load-64-writers-vs-1",
          Contest.median(behindRates[WRITERS.indexOf(64)]) / one,
          AT_LEAST,
          10,
          "x");
      report.figure("load-1-writer-vs-bare", one / bareRate, AT_LEAST, 0.8, "x");
    }
  }

  private void rows(String mode, List<ClosedLoop> loops, double[][] rates) {
    for (int i = 0; i < rates.length; i++) {
      Histogram latencies = loops.get(i).latencies();
      report.note(
          String.format(
              Locale.ROOT,
              "| publish %s, %d writers | %.0f | %s | %s |",
              mode,
              loops.get(i).writers(),
              Contest.median(rates[i]),
              Report.time((double) latencies.getValueAtPercentile(50)),
              Report.time((double) latencies.getValueAtPercentile(99))));
    }
  }

  private static List<ClosedLoop> loops(FileSystemStorage storage, DataFrame frame) {
    List<ClosedLoop> loops = new ArrayList<>();
    for (int writers : WRITERS) {
      loops.add(new ClosedLoop(storage, frame, writers));
    }
    return loops;
  }

  private FileSystemStorage open(PublishMode publish) {
    return builder(publish.name(), publish).build();
  }

  private FileSystemStorageBuilder builder(String folder, PublishMode publish) {
    return FileSystemStorage.builder(root.resolve(folder)).publish(publish);
  }
}
