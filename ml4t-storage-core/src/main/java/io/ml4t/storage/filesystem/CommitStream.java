package io.ml4t.storage.filesystem;

import io.ml4t.storage.Commit;
import io.ml4t.storage.StorageClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

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
    subscription.completeWith(operations.idle());
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super Commit> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean ended;

    /** Only the thread that is running touches it. */
    private long next = Math.max(1, from);

    Subscription(Flow.Subscriber<? super Commit> subscriber) {
      this.subscriber = subscriber;
    }

    void completeWith(CompletableFuture<Void> close) {
      close.thenRun(this::complete);
    }

    private void complete() {
      if (!ended) {
        ended = true;
        subscriber.onComplete();
      }
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
      ended = true;
    }

    private void run() {
      if (ended || demand.get() == 0 || !running.compareAndSet(false, true)) {
        return;
      }
      operations
          .call(this::deliver)
          .whenComplete(
              (delivered, error) -> {
                running.set(false);
                if (error != null) {
                  end(error);
                } else if (!ended && demand.get() > 0) {
                  threads.timer.schedule(this::run, POLL.toMillis(), TimeUnit.MILLISECONDS);
                }
              });
    }

    private boolean deliver() throws IOException {
      while (!ended && demand.get() > 0) {
        var commits = history.read(next, (int) Math.min(PAGE, demand.get()));
        if (commits.isEmpty()) {
          return true;
        }
        for (Commit commit : commits) {
          if (ended) {
            return true;
          }
          next = commit.sequence() + 1;
          demand.decrementAndGet();
          subscriber.onNext(commit);
        }
      }
      return true;
    }

    private void end(Throwable error) {
      if (!ended && !(error instanceof StorageClosedException)) {
        ended = true;
        subscriber.onError(error);
      }
    }
  }
}
