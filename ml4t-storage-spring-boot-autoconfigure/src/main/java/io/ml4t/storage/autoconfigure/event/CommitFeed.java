package io.ml4t.storage.autoconfigure.event;

import io.ml4t.storage.Commit;
import io.ml4t.storage.VersionExpiredException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/** The commits of one store on their way to the application's listeners. */
final class CommitFeed {
  private static final Logger log = LoggerFactory.getLogger(CommitFeed.class);

  private final String name;
  private final FileSystemStorage store;
  private final ApplicationEventPublisher events;
  private final Executor later;
  private long next;
  private long unread;
  private @Nullable Subscriber current;

  CommitFeed(String name, FileSystemStorage store, ApplicationEventPublisher events) {
    this(name, store, events, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }

  /** A feed that reads a commit again on that executor where reading it has failed. */
  CommitFeed(
      String name, FileSystemStorage store, ApplicationEventPublisher events, Executor later) {
    this.name = name;
    this.store = store;
    this.events = events;
    this.later = later;
    this.next = store.status().recovery().sequence() + 1;
  }

  synchronized void start() {
    current = new Subscriber();
    store.watch(next).subscribe(current);
  }

  synchronized void stop() {
    if (current != null) {
      current.cancel();
      current = null;
    }
  }

  /** Notes the commit; false where the feed was stopped, or started again, meanwhile. */
  private synchronized boolean take(Subscriber subscriber, Commit commit) {
    if (current != subscriber) {
      return false;
    }
    next = commit.sequence() + 1;
    return true;
  }

  /** Goes on after the newest commit where the next one is no longer kept. */
  private synchronized void skip(Subscriber subscriber, VersionExpiredException error) {
    if (current == subscriber) {
      long newest = store.status().headSequence();
      log.warn("Commits {} to {} become no events: {}", next, newest, error.getMessage());
      next = newest + 1;
      start();
    }
  }

  /** Tries the next commit again: what a file system fails to do now, it may do later. */
  private synchronized void retry(Subscriber subscriber, Throwable error) {
    if (current == subscriber) {
      if (unread != next) { // Once is enough, however often it fails.
        log.warn("Commit {} of store {} cannot be read, and is tried again", next, name, error);
        unread = next;
      }
      later.execute(() -> startAgain(subscriber));
    }
  }

  private synchronized void startAgain(Subscriber subscriber) {
    if (current == subscriber) {
      start();
    }
  }

  private final class Subscriber implements Flow.Subscriber<Commit> {
    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription granted) {
      subscription = granted;
      granted.request(Long.MAX_VALUE);
    }

    void cancel() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onNext(Commit commit) {
      if (take(this, commit)) {
        try {
          events.publishEvent(new CommitEvent(name, commit));
        } catch (RuntimeException | Error e) { // The store would end the feed.
          log.error("A listener to commit {} of store {} failed", commit.sequence(), name, e);
        }
      }
    }

    @Override
    public void onError(Throwable error) {
      if (error instanceof VersionExpiredException expired) {
        skip(this, expired);
      } else {
        retry(this, error);
      }
    }

    @Override
    public void onComplete() {
      // The store is closed.
    }
  }
}
