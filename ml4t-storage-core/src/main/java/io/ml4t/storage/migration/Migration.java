package io.ml4t.storage.migration;

import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A migration that has begun. Thread-safe.
 *
 * <p>As many threads as keys may be under way take the next key each; none is ever interrupted, for
 * an interrupt closes the file that the thread is using.
 */
public final class Migration {
  private final MigrationOptions options;
  private final @Nullable MigrationJournal journal;
  private final Tally tally;
  private final KeyMigration keys;
  private final CompletableFuture<MigrationReport> report = new CompletableFuture<>();
  private volatile boolean cancelled;

  private Migration(
      Storage source,
      Storage target,
      MigrationOptions options,
      @Nullable MigrationJournal journal) {
    this.options = options;
    this.journal = journal;
    this.tally = new Tally(options.listener());
    this.keys = new KeyMigration(source, target, options, journal, tally, () -> cancelled);
  }

  static Migration start(Storage source, Storage target, MigrationOptions options) {
    MigrationJournal journal =
        options.journal() == null ? null : MigrationJournal.open(options.journal());
    Migration migration = new Migration(source, target, options, journal);
    thread("ml4t-migration", () -> migration.list(source)).start();
    return migration;
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** How far it is. */
  public MigrationProgress progress() {
    return tally.progress();
  }

  /** Lets the keys that are under way come to their end, and begins no others. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * The report, when the migration is over; fails with a {@link StorageException} where the source
   * cannot list its keys. Cancelling this future does not cancel the migration.
   */
  public CompletableFuture<MigrationReport> report() {
    return report.copy();
  }

  /**
   * Waits for the end. An interrupt cancels the migration; the report then says so, and the thread
   * keeps its interrupt status.
   *
   * @throws StorageException if the source cannot list its keys
   */
  public MigrationReport await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return report.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException error) {
        throw error;
      }
      throw new StorageException("Cannot migrate: " + e.getCause(), e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void list(Storage source) {
    try {
      List<StorageKey> all = source.listKeys(options.prefix());
      Map<String, StorageException> unusable =
          source instanceof MigrationSource known ? known.unusable(options.prefix()) : Map.of();
      tally.begin(all.size() + unusable.size());
      unusable.forEach(tally::failed);
      work(all);
    } catch (Throwable e) {
      end();
      report.completeExceptionally(e);
    }
  }

  private void work(List<StorageKey> all) {
    Iterator<StorageKey> waiting = all.iterator();
    int threads = Math.max(1, Math.min(options.concurrency(), all.size()));
    AtomicInteger working = new AtomicInteger(threads);
    for (int i = 1; i <= threads; i++) {
      thread(
              "ml4t-migration-" + i,
              () -> {
                for (StorageKey key = next(waiting); key != null; key = next(waiting)) {
                  migrate(key);
                }
                if (working.decrementAndGet() == 0) {
                  finish();
                }
              })
          .start();
    }
  }

  private @Nullable StorageKey next(Iterator<StorageKey> waiting) {
    synchronized (waiting) {
      return !cancelled && waiting.hasNext() ? waiting.next() : null;
    }
  }

  private void migrate(StorageKey key) {
    try {
      keys.run(key);
    } catch (Throwable e) {
      tally.failed(key.toString(), e); // Whatever it is, it concerns this key only.
    }
  }

  private void finish() {
    MigrationReport result = tally.report(options.dryRun(), cancelled);
    try {
      if (journal != null && result.isComplete() && !options.dryRun()) {
        journal.finish();
      }
      end();
      report.complete(result);
    } catch (RuntimeException e) {
      report.completeExceptionally(e);
    }
  }

  private void end() {
    if (journal != null) {
      journal.close();
    }
  }
}
