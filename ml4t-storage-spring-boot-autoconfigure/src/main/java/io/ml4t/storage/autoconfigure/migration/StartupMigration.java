package io.ml4t.storage.autoconfigure.migration;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.migration.Migration;
import io.ml4t.storage.migration.MigrationProgress;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Migrates a directory into the store in the background, from when the application starts, and says
 * in the log how far it is. Where the application stops before the end, so does the migration.
 */
final class StartupMigration implements SmartLifecycle {
  static final String NAME = "startup";

  private static final Logger log = LoggerFactory.getLogger(StartupMigration.class);
  private static final int SHOWN_FAILURES = 20;

  private final Path from;
  private final MigrationProperties properties;
  private final AsyncStorage target;
  private final StorageMigrations migrations;
  private volatile @Nullable Migration migration;

  StartupMigration(
      MigrationProperties properties, AsyncStorage target, StorageMigrations migrations) {
    this.from = Path.of(properties.from());
    this.properties = properties;
    this.target = target;
    this.migrations = migrations;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 4096;
  }

  @Override
  public boolean isRunning() {
    return migration != null;
  }

  @Override
  public void start() {
    PlainDirectoryStorage source = open();
    StorageMigrator migrator =
        StorageMigrator.from(source)
            .to(target)
            .prefix(properties.prefix())
            .concurrency(properties.concurrency())
            .existing(properties.existing())
            .verify(properties.verify())
            .dryRun(properties.dryRun())
            .onProgress(new Tenths());
    if (!properties.journal().isEmpty()) {
      migrator.journal(Path.of(properties.journal()));
    }
    Migration begun = migrations.start(NAME, migrator);
    migration = begun;
    begun
        .report()
        .whenComplete(
            (report, error) -> {
              source.close();
              if (error == null) {
                log(report);
              } else {
                log.error("Cannot migrate from {}", from, error);
              }
            });
  }

  private PlainDirectoryStorage open() {
    try {
      return PlainDirectoryStorage.builder(from).readOnly().build();
    } catch (StorageException e) {
      throw MigrationProperties.refused("from", from, String.valueOf(e.getMessage()));
    }
  }

  private void log(MigrationReport report) {
    if (report.isComplete()) {
      log.info("From {}: {}", from, report.toText());
      return;
    }
    // The first line has the counts; a directory may hold very many broken files.
    log.warn(
        "From {}: {}",
        from,
        String.join("\n", report.toText().lines().limit(1 + SHOWN_FAILURES).toList()));
  }

  @Override
  public void stop() {
    Migration running = migration;
    if (running != null) {
      running.cancel();
      running.report().exceptionally(error -> null).join();
      migration = null;
    }
  }

  /** Logs the progress at each tenth of the way. */
  private static final class Tenths implements Consumer<MigrationProgress> {
    private int tenths;

    @Override
    public void accept(MigrationProgress progress) {
      int now = (int) (10 * progress.fraction());
      if (now > tenths) {
        tenths = now;
        log.info("Migrating: {}", progress);
      }
    }
  }
}
