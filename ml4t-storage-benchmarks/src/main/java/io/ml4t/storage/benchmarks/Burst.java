package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_LEAST;
import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
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
    try (FileSystemStorage storage = FileSystemStorage.builder(root).build()) {
      // Classes load and code compiles before it counts.
      burst("warm-up", objects, storage::write, false);
      burst("writes", objects, storage::write, true);
      burst("reads", objects, object -> storage.read(object.key()), true);
      report.note(
          "Threads at most: %d, of which the store's: %d"
              .formatted(
                  ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                  ManagementFactory.getThreadMXBean().getPeakThreadCount() - threadsBefore));
    }
  }

  private void burst(
      String name,
      List<DataObject> objects,
      Function<DataObject, CompletableFuture<?>> call,
      boolean counts) {
    AtomicLongArray slowest = new AtomicLongArray(KEYS);
    List<CompletableFuture<?>> calls = new ArrayList<>(CALLS);
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      int key = i % KEYS;
      long begun = System.nanoTime();
      calls.add(
          call.apply(objects.get(key))
              .thenRun(() -> slowest.accumulateAndGet(key, System.nanoTime() - begun, Math::max)));
    }
    long completed =
        calls.stream().filter(done -> done.handle((value, e) -> e == null).join()).count();
    double nanos = System.nanoTime() - start;
    if (counts) {
      double[] waits = IntStream.range(0, KEYS).mapToDouble(slowest::get).toArray();
      double most = IntStream.range(0, KEYS).mapToDouble(slowest::get).max().orElse(0);
      report.note("%s: %d calls at once took %s".formatted(name, CALLS, Report.time(nanos)));
      report.figure("load-burst-" + name + "-completed", (double) completed, AT_LEAST, CALLS, "");
      report.figure(
          "load-burst-" + name + "-slowest-key-vs-median",
          most / Contest.median(waits),
          AT_MOST,
          20,
          "x");
    }
  }
}
