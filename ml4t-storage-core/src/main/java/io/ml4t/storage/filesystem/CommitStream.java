package io.ml4t.storage.filesystem;

import io.ml4t.storage.Commit;
import io.ml4t.storage.StorageClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Commits as they are made, by this process and others: first those that are there, then each new
 * one. Looks for new ones a few times a second while somebody wants them. Completes when the store
 * is closed.
 */
final class CommitStream implements Flow.Publisher<Commit> {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int PAGE = 64;

  private final CommitHistory history;
  private final Operations operations;
  private final StoreThreads threads;
  private final long from;

  CommitStream(CommitHistory history, Operations operations, StoreThreads threads, long from) {
    this.history = history;
    this.operations = operations;
    this.threads = threads;
    this.from = from;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Commit> subscriber) {
    Subscription subscription = new Subscription(subscriber);
    subscriber.onSubscribe(subscription);
    operations.whenClosed(subscription.close);
    if (subscription.cancelled) {
      operations.forget(subscription.close);
    }
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super Commit> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean cancelled;

    /** Whoever sets it may signal, and clears it again, but for the last signal. */
    private final AtomicBoolean running = new AtomicBoolean();

    /** The last signal, once it is known. */
    private final AtomicReference<@Nullable Runnable> last = new AtomicReference<>();

    private final Runnable close;

    /** Only the thread that is running touches it. */
    private long next = Math.max(1, from);

    Subscription(Flow.Subscriber<? super Commit> subscriber) {
      this.subscriber = subscriber;
      close = () -> end(subscriber::onComplete);
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        end(new IllegalArgumentException("Cannot request " + count + " commits: at least 1"));
        return;
      }
      demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      run();
    }

    @Override
    public void cancel() {
      cancelled = true;
      operations.forget(close);
    }

    private void run() {
      if (hasEnded() || demand.get() == 0 || !running.compareAndSet(false, true)) {
        return;
      }
      operations
          .call(this::deliver)
          .whenComplete(
              (delivered, error) -> {
                if (error != null && !(error instanceof StorageClosedException)) {
                  last.compareAndSet(null, () -> subscriber.onError(error));
                }
                running.set(false);
                finish();
                pollLater();
              });
    }

    private void pollLater() {
      if (!hasEnded() && demand.get() > 0 && polling.compareAndSet(false, true)) {
        threads.timer.schedule(
            () -> {
              polling.set(false);
              run();
            },
            POLL.toMillis(),
            TimeUnit.MILLISECONDS);
      }
    }

    private boolean deliver() throws IOException {
      while (!hasEnded() && demand.get() > 0) {
        var commits = history.read(next, (int) Math.min(PAGE, demand.get()));
        if (commits.isEmpty()) {
          return true;
        }
        for (Commit commit : commits) {
          if (hasEnded()) {
            return true;
          }
          next = commit.sequence() + 1;
          demand.decrementAndGet();
          subscriber.onNext(commit);
        }
      }
      return true;
    }

    private boolean hasEnded() {
      return cancelled || last.get() != null;
    }

    private void end(Throwable error) {
      end(() -> subscriber.onError(error));
    }

    private void end(Runnable signal) {
      last.compareAndSet(null, signal);
      finish();
    }

    /** Gives the last signal if there is one, unless another is being given: after that, then. */
    private void finish() {
      Runnable signal = last.get();
      if (signal != null && running.compareAndSet(false, true) && !cancelled) {
        cancel();
        signal.run();
      }
    }
  }
}
