package io.ml4t.storage;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Writes frames each on its own, a few dozen at a time: enough for a store to make one commit of
 * many, and few enough to leave room for others.
 */
final class EachWrite {
  private static final int AT_ONCE = 64;

  private final AsyncStorage storage;
  private final List<DataObject> data;
  private final WriteOptions options;
  private final WriteOutcome[] outcomes;
  private final AtomicInteger next = new AtomicInteger();
  private final CompletableFuture<List<WriteOutcome>> result = new CompletableFuture<>();

  EachWrite(AsyncStorage storage, List<DataObject> data, WriteOptions options) {
    DataObject.requireDistinct(data);
    this.storage = storage;
    this.data = data;
    this.options = options;
    this.outcomes = new WriteOutcome[data.size()];
  }

  /** Cancelling the result keeps back what has not begun. */
  CompletableFuture<List<WriteOutcome>> run() {
    CompletableFuture.allOf(
            Stream.generate(this::lane)
                .limit(Math.min(AT_ONCE, data.size()))
                .toArray(CompletableFuture<?>[]::new))
        .whenComplete((done, error) -> result.complete(Arrays.asList(outcomes)));
    return result;
  }

  /** Writes one frame after another until none is left. */
  private CompletableFuture<Void> lane() {
    while (true) {
      int i = next.getAndIncrement();
      if (i >= data.size() || result.isDone()) {
        return CompletableFuture.completedFuture(null);
      }
      CompletableFuture<Void> written = write(i);
      if (!written.isDone()) {
        return written.thenCompose(done -> lane());
      }
    }
  }

  private CompletableFuture<Void> write(int i) {
    DataObject frame = data.get(i);
    return storage
        .put(frame, options)
        .handle(
            (version, error) -> {
              outcomes[i] = WriteOutcome.of(frame.key(), version, error);
              return null;
            });
  }
}
