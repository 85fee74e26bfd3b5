package io.ml4t.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The frames of keys, in the order of the keys, as of one snapshot for each subscriber. Nothing is
 * read before something is asked for; then a few frames are read ahead, so that a subscriber who
 * asks for one at a time need not wait for each, and memory holds no more than those few.
 *
 * <p>A frame is delivered by the thread that has read it or, where it waits already, by the one
 * that asks for it. A subscriber that throws gets its own error, and nothing more.
 */
final class FrameStream implements Flow.Publisher<DataObject> {
  /** How many frames are being read, or wait for the subscriber, at most. */
  static final int AHEAD = 4;

  private final AsyncStorage storage;
  private final List<StorageKey> keys;
  private final ReadOptions options;

  FrameStream(AsyncStorage storage, List<StorageKey> keys, ReadOptions options) {
    this.storage = storage;
    this.keys = keys;
    this.options = options;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DataObject> subscriber) {
    Subscription subscription = new Subscription(subscriber, snapshot());
    subscriber.onSubscribe(subscription);
    subscription.begin();
  }

  private CompletableFuture<AsyncSnapshot> snapshot() {
    try {
      if (options.asOfSequence() != null) {
        return storage.asOf(options.asOfSequence());
      }
      return options.asOfTime() != null ? storage.asOf(options.asOfTime()) : storage.snapshot();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super DataObject> subscriber;
    private final CompletableFuture<AsyncSnapshot> snapshot;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean wanted;
    private volatile boolean ended;
    private volatile @Nullable IllegalArgumentException misuse;

    /** How often somebody found that there may be something to do; the first of them does it. */
    private final AtomicInteger calls = new AtomicInteger();

    /** Only the thread at work touches these: reads that are under way or wait, and the next. */
    private final Deque<CompletableFuture<DataObject>> ahead = new ArrayDeque<>(AHEAD);

    private int next;

    Subscription(
        Flow.Subscriber<? super DataObject> subscriber, CompletableFuture<AsyncSnapshot> snapshot) {
      this.subscriber = subscriber;
      this.snapshot = snapshot;
    }

    void begin() {
      snapshot.whenComplete((found, error) -> work());
    }

    @Override
    public void request(long count) {
      if (ended) {
        return;
      }
      if (count <= 0) {
        misuse = new IllegalArgumentException("Cannot request " + count + " frames: at least 1");
      } else {
        demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        wanted = true;
      }
      work();
    }

    @Override
    public void cancel() {
      ended = true;
      work();
    }

    private void work() {
      if (calls.getAndIncrement() != 0) {
        return;
      }
      int seen = 1;
      while (seen != 0) {
        while (deliverNext()) {
          // One after another, as long as there is one.
        }
        seen = calls.addAndGet(-seen);
      }
    }

    /** Returns whether there may be more to deliver. */
    private boolean deliverNext() {
      if (ended) {
        ahead.forEach(read -> read.cancel(false));
        ahead.clear();
        return false;
      }
      if (misuse != null) {
        return fail(misuse);
      }
      if (!snapshot.isDone()) {
        return false;
      }
      try {
        readAhead(snapshot.join());
        CompletableFuture<DataObject> head = ahead.peek();
        if (head == null) {
          return next == keys.size() && complete();
        }
        boolean isReady = head.isDone() && (demand.get() > 0 || head.isCompletedExceptionally());
        return isReady && deliver(head.join());
      } catch (RuntimeException | Error e) {
        return fail(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
      }
    }

    private void readAhead(AsyncSnapshot source) {
      while (wanted && ahead.size() < AHEAD && next < keys.size()) {
        CompletableFuture<DataObject> read = source.read(keys.get(next++), options.withoutAsOf());
        ahead.add(read);
        read.whenComplete((data, error) -> work());
      }
    }

    private boolean deliver(DataObject frame) {
      ahead.remove();
      demand.updateAndGet(count -> count == Long.MAX_VALUE ? count : count - 1);
      subscriber.onNext(frame);
      return true;
    }

    private boolean complete() {
      ended = true;
      subscriber.onComplete();
      return false;
    }

    private boolean fail(Throwable error) {
      ended = true;
      subscriber.onError(error);
      return true; // To let go of what was read ahead.
    }
  }
}
