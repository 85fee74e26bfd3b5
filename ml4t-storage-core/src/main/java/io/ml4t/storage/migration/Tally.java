package io.ml4t.storage.migration;

import io.ml4t.storage.migration.MigrationReport.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of the keys, and tells the listener. Thread-safe. */
final class Tally {
  private static final Logger log = LoggerFactory.getLogger(StorageMigrator.class);

  private final Consumer<MigrationProgress> listener;
  private final long start = System.nanoTime();
  private final List<Failure> failures = new ArrayList<>();
  private long total;
  private long successful;
  private long skipped;
  private long rows;
  private long bytes;
  private boolean listenerFailed;

  Tally(Consumer<MigrationProgress> listener) {
    this.listener = listener;
  }

  synchronized void begin(long all) {
    total = all;
    tell();
  }

  synchronized void succeeded(long keyRows, long keyBytes) {
    successful++;
    rows += keyRows;
    bytes += keyBytes;
    tell();
  }

  synchronized void skipped() {
    skipped++;
    tell();
  }

  synchronized void failed(String name, Throwable cause) {
    failures.add(new Failure(name, cause));
    log.debug("Cannot migrate {}", name, cause);
    tell();
  }

  synchronized MigrationProgress progress() {
    return new MigrationProgress(
        successful,
        failures.size(),
        skipped,
        total,
        rows,
        bytes,
        Duration.ofNanos(System.nanoTime() - start));
  }

  synchronized MigrationReport report(boolean dryRun, boolean cancelled) {
    return new MigrationReport(progress(), failures, dryRun, cancelled);
  }

  private void tell() {
    try {
      listener.accept(progress());
    } catch (RuntimeException e) {
      if (!listenerFailed) {
        listenerFailed = true;
        log.warn("The listener of a migration has failed; the migration goes on", e);
      }
    }
  }
}
