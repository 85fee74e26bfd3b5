package io.ml4t.samples.migration;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.migration.Migration;
import io.ml4t.storage.migration.MigrationProgress;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.ansi.AnsiStyle;
import org.springframework.stereotype.Component;

/** Migrates the directory, shows how far it is, and prints the report. */
@Component
class MigrationCommand implements ApplicationRunner, ExitCodeGenerator, DisposableBean {
  private final MigrationProperties properties;
  private final AsyncStorage store;
  private final PrintStream out = System.out;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private volatile @Nullable Migration migration;
  private volatile boolean complete;

  MigrationCommand(MigrationProperties properties, AsyncStorage store) {
    this.properties = properties;
    this.store = store;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    Path from = properties.from() == null ? DemoDirectory.make(out) : properties.from();
    try (PlainDirectoryStorage source = open(from)) {
      Migration begun =
          StorageMigrator.from(source)
              .to(store)
              .prefix(properties.prefix())
              .journal(properties.journal())
              .verify(properties.verify())
              .dryRun(properties.dryRun())
              .onProgress(progress())
              .start();
      migration = begun;
      MigrationReport report = begun.await();
      complete = report.isComplete();
      out.println();
      out.println(report.toText());
    } finally {
      over.complete(null);
    }
  }

  private static PlainDirectoryStorage open(Path from) {
    try {
      return PlainDirectoryStorage.builder(from).readOnly().build();
    } catch (StorageException e) {
      throw new StorageConfigurationException(
          "migration.from", from, String.valueOf(e.getMessage()), "name the directory to migrate");
    }
  }

  /** A bar where Spring Boot takes the output for a terminal, else lines. */
  private Consumer<MigrationProgress> progress() {
    boolean terminal = !AnsiOutput.encode(AnsiStyle.NORMAL).isEmpty();
    return terminal ? new ProgressBar(out) : new ProgressLines(out);
  }

  @Override
  public int getExitCode() {
    return complete ? 0 : 1;
  }

  /** Ends a migration that is under way and prints its report, before the store closes. */
  @Override
  public void destroy() {
    Migration running = migration;
    if (running != null) {
      running.cancel();
      over.join();
    }
  }
}
