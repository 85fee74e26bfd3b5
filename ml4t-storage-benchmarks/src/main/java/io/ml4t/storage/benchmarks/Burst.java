package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_LEAST;
import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Thousands of calls at once, as from web handlers, in a small heap. */
final class Burst {
  private static final int CALLS = 10_000;
  private static final int KEYS = 500;

  private final Report report;
  private final Path root;

  Burst(Report report, Path root) {
    this.report = report;
    this.root = root;
  }

  void run() {
    int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
    MarketData data = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS);
    List<DataObject> objects =
        IntStream.range(0, KEYS).mapToObj(i -> MarketData.object(data.frame(), "B" + i)).toList();
    // All are to complete: where the disk is slow, the last waits longer than a caller would.
    try (FileSystemStorage storage =
        FileSystemStorage.builder(root).queue(CALLS, Duration.ofMinutes(10)).build()) {
      // Classes load and code compiles before it counts.
      burst("warm-up", KEYS, objects, storage::write);
      figures("writes", burst("writes", CALLS, objects, storage::write));
      figures("reads", burst("reads", CALLS, objects, object -> storage.read(object.key())));
      report.note(
          "Threads at most: %d, of which the store's: %d"
              .formatted(
                  ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                  ManagementFactory.getThreadMXBean().getPeakThreadCount() - threadsBefore));
    }
  }

  /**
   * What a burst comes to.
   *
   * @param completed the calls that succeeded
   * @param waits the slowest call of each key, in nanoseconds
   */
  private record Outcome(long completed, AtomicLongArray waits) {}

  private Outcome burst(
      String name,
      int count,
      List<DataObject> objects,
      Function<DataObject, CompletableFuture<?>> call) {
    AtomicLongArray slowest = new AtomicLongArray(KEYS);
    List<CompletableFuture<?>> calls = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int key = i % KEYS;
      long begun = System.nanoTime();
      calls.add(
          call.apply(objects.get(key))
              .thenRun(() -> slowest.accumulateAndGet(key, System.nanoTime() - begun, Math::max)));
    }
    long completed =
        calls.stream().filter(done -> done.handle((value, e) -> e == null).join()).count();
    double nanos = System.nanoTime() - start;
    report.note("%s: %d calls at once took %s".formatted(name, count, Report.time(nanos)));
    return new Outcome(completed, slowest);
  }

  private void figures(String name, Outcome outcome) {
    double[] waits = IntStream.range(0, KEYS).mapToDouble(i -> outcome.waits.get(i)).toArray();
    report.figure(
        "load-burst-" + name + "-completed", (double) outcome.completed, AT_LEAST, CALLS, "");
    report.figure(
        "load-burst-" + name + "-slowest-key-vs-median",
        Arrays.stream(waits).max().orElse(0) / Contest.median(waits),
        AT_MOST,
        20,
        "x");
  }
}
