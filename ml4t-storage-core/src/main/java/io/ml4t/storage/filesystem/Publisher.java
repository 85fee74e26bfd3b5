package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.lock.KeyLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the plain view up to the log: right after a commit, or in the background, newest version
 * of a key only. What cannot be published, for a full disk say, is tried again until it can.
 */
final class Publisher {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /**
   * How far behind the background follows: long enough that the versions of a key that is written
   * over and over are not all published, each time in the way of the next write.
   */
  private static final Duration LAG = Duration.ofMillis(100);

  private final PlainView plain;
  private final CommitLog commits;
  private final Reader reader;
  private final ForeignFiles foreign;
  private final KeyLocks locks;
  private final Operations operations;
  private final StoreThreads threads;
  private final Duration lockTimeout;
  private final StorageListener listener;

  /** Keys whose plain files are behind the log. */
  private final Set<StorageKey> behind = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean retrying = new AtomicBoolean();
  private volatile @Nullable String lastFailure;

  Publisher(
      PlainView plain,
      CommitLog commits,
      Reader reader,
      ForeignFiles foreign,
      KeyLocks locks,
      Operations operations,
      StoreThreads threads,
      Duration lockTimeout,
      StorageListener listener) {
    this.plain = plain;
    this.commits = commits;
    this.reader = reader;
    this.foreign = foreign;
    this.locks = locks;
    this.operations = operations;
    this.threads = threads;
    this.lockTimeout = lockTimeout;
    this.listener = listener;
  }

  /** How many keys' plain files are behind the log. */
  int lag() {
    return behind.size();
  }

  /** Why the last attempt failed, null where it did not. */
  @Nullable String lastFailure() {
    return lastFailure;
  }

  boolean isBehind(StorageKey key) {
    return behind.contains(key);
  }

  /**
   * Publishes the newest version of a key now, or notes it for later where that fails: the commit
   * is made, whatever becomes of its plain files. A file that another program wrote since is left
   * for the next read to adopt. The caller holds the key's lock.
   *
   * @return whether that worked
   */
  boolean publish(StorageKey key, PlainView.@Nullable Content content, long sequence) {
    long start = System.nanoTime();
    try {
      Entry newest = commits.index().newest(key);
      if (newest != null && !isForeign(key)) {
        foreign.forget(key);
        show(key, newest, newest.sequence() == sequence ? content : null);
      }
      behind.remove(key);
      lastFailure = null;
      if (!plain.isOff()) {
        listener.published(key, Duration.ofNanos(System.nanoTime() - start));
      }
      return true;
    } catch (IOException | RuntimeException | Error e) {
      return failed(key, e);
    }
  }

  /** What is not in memory is read, wherever a checkpoint of another process has moved it. */
  private void show(StorageKey key, Entry newest, PlainView.@Nullable Content content)
      throws IOException {
    if (content != null || newest.frame() == null) {
      plain.publish(key, newest, content);
    } else {
      reader.use(
          key,
          newest.sequence(),
          frame -> {
            plain.publish(key, newest.withFrame(frame), null);
            return frame;
          });
    }
  }

  /** Whether another program has written the plain file since; it becomes the next version. */
  private boolean isForeign(StorageKey key) throws IOException {
    StoreFiles.Stat shown = plain.stat(key);
    return shown != null && foreign.isSuspect(key, commits.index().history(key), shown);
  }

  private boolean failed(StorageKey key, Throwable error) {
    behind.add(key);
    if (lastFailure == null) {
      log.warn("Cannot publish {} yet, it is committed: {}", key, error.toString());
    }
    lastFailure = error.toString();
    listener.publicationFailed(key, error);
    retry();
    return false;
  }

  private void retry() {
    later(retrying, RETRY);
  }

  /** Starts after a while, unless that is arranged already. */
  private void later(AtomicBoolean arranged, Duration delay) {
    if (!arranged.compareAndSet(false, true)) {
      return;
    }
    try {
      threads.timer.schedule(
          () -> {
            arranged.set(false);
            start();
          },
          delay.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The store is closed and has abandoned it; the next one that opens publishes what is behind.
    }
  }

  /** Publishes the key in the background. */
  void publishLater(StorageKey key) {
    if (!plain.isOff() && behind.add(key)) {
      startLater();
    }
  }

  /** Publishes the keys in the background. */
  void publishAll(Collection<StorageKey> keys) {
    behind.addAll(keys);
    start();
  }

  private void startLater() {
    later(scheduled, LAG);
  }

  private void start() {
    if (!behind.isEmpty() && running.compareAndSet(false, true)) {
      operations
          .run(this::flush)
          .whenComplete(
              (done, error) -> {
                running.set(false);
                if (error != null || lastFailure != null) {
                  retry(); // The last one may have been due while this one was under way.
                } else if (!behind.isEmpty()) {
                  startLater(); // For those that came meanwhile.
                }
              });
    }
  }

  /**
   * Publishes every key that is behind now.
   *
   * @return fails, when all have been tried, with a {@link StorageException} if one did not work
   */
  CompletableFuture<Void> flush() {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (StorageKey key : List.copyOf(behind)) {
      all =
          all.thenComposeAsync(
              good -> publishLocked(key).thenApply(now -> good && now), threads.ioOrCaller);
    }
    return all.thenAccept(
        good -> {
          if (!good) {
            throw new StorageException(
                "Cannot publish all plain files yet, what they lack is committed: " + lastFailure);
          }
        });
  }

  private CompletableFuture<Boolean> publishLocked(StorageKey key) {
    return locks
        .acquire(List.of(key), lockTimeout, "publish")
        .handleAsync(
            (lease, error) -> {
              if (lease != null) {
                try {
                  commits.refresh(); // The commit may be one that its writer is not sure of.
                  return publish(key, null, -1);
                } catch (IOException | RuntimeException | Error e) {
                  return failed(key, e);
                } finally {
                  lease.close();
                }
              }
              return failed(key, error);
            },
            threads.ioOrCaller);
  }
}
