package io.ml4t.storage.benchmarks;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Writers that each write the next frame when the last one is durable: as many writes in flight as
 * there are writers, each to a key of its own.
 */
final class ClosedLoop {
  private final AsyncStorage storage;
  private final List<DataObject> objects;

  /** Latencies in nanoseconds, up to a minute, to two digits. */
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 2);

  ClosedLoop(AsyncStorage storage, DataFrame frame, int writers) {
    this.storage = storage;
    objects = IntStream.range(0, writers).mapToObj(i -> MarketData.object(frame, "W" + i)).toList();
  }

  int writers() {
    return objects.size();
  }

  Histogram latencies() {
    return latencies;
  }

  /**
   * Writes for a while.
   *
   * @return writes per second
   */
  double run(long nanos) {
    long begun = latencies.getTotalCount();
    long start = System.nanoTime();
    objects.stream()
        .map(object -> writer(object, start + nanos))
        .toList()
        .forEach(CompletableFuture::join);
    return (latencies.getTotalCount() - begun) * 1e9 / (System.nanoTime() - start);
  }

  private CompletableFuture<Void> writer(DataObject object, long end) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    next(object, end, done);
    return done;
  }

  private void next(DataObject object, long end, CompletableFuture<Void> done) {
    long start = System.nanoTime();
    storage
        .write(object)
        .whenComplete(
            (key, failure) -> {
              long now = System.nanoTime();
              if (failure != null) {
                done.completeExceptionally(failure);
                return;
              }
              latencies.recordValue(now - start);
              if (now - end < 0) {
                next(object, end, done);
              } else {
                done.complete(null);
              }
            });
  }
}
