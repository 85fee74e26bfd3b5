package io.ml4t.storage.benchmarks;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Calls that come at a steady rate, whether the store keeps up or not: the latency of each counts
 * from when it was due, so that one which holds up others is counted with all of them.
 */
final class OpenLoop {
  private static final int KEYS = 500;
  private static final int[] WRITES = {100, 1_000};
  private static final int[] READS = {1_000, 5_000};

  private final Report report;
  private final Path root;
  private final long turnNanos;

  OpenLoop(Report report, Path root, long turnNanos) {
    this.report = report;
    this.root = root;
    this.turnNanos = turnNanos;
  }

  void run() {
    MarketData data = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS);
    List<DataObject> objects =
        IntStream.range(0, KEYS).mapToObj(i -> MarketData.object(data.frame(), "O" + i)).toList();
    report.note("\n| at a steady rate | failed | p50 | p99 | p99.9 |\n|---|---:|---:|---:|---:|");
    try (FileSystemStorage storage = FileSystemStorage.builder(root).build()) {
      storage.writeEach(objects).join();
      for (int rate : WRITES) {
        turn("writes", rate, objects, storage::write);
      }
      for (int rate : READS) {
        turn("reads", rate, objects, object -> storage.read(object.key()));
      }
    }
  }

  private void turn(
      String name,
      int rate,
      List<DataObject> objects,
      Function<DataObject, CompletableFuture<?>> call) {
    Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 2);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    long pause = TimeUnit.SECONDS.toNanos(1) / rate;
    long due = System.nanoTime();
    for (long end = due + turnNanos; due - end < 0; due += pause) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long start = due;
      calls.add(
          call.apply(objects.get(calls.size() % KEYS))
              .thenRun(() -> latencies.recordValue(System.nanoTime() - start)));
    }
    long failed =
        calls.stream().filter(done -> done.handle((value, e) -> e != null).join()).count();
    report.note(
        String.format(
            Locale.ROOT,
            "| %d %s/s | %d | %s | %s | %s |",
            rate,
            name,
            failed,
            Report.time((double) latencies.getValueAtPercentile(50)),
            Report.time((double) latencies.getValueAtPercentile(99)),
            Report.time((double) latencies.getValueAtPercentile(99.9))));
  }
}
