package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.autoconfigure.migration.StorageMigrations;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.migration.Migration;
import io.ml4t.storage.migration.MigrationProgress;
import io.ml4t.storage.migration.MigrationReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The migrations of this application, whichever store they are into. */
final class MigrationsSection implements EndpointSection {
  private static final int SHOWN_FAILURES = 100;

  private final StorageMigrations migrations;

  MigrationsSection(StorageMigrations migrations) {
    this.migrations = migrations;
  }

  /** All of them by name. */
  record Migrations(Map<String, View> migrations) {}

  enum State {
    RUNNING,
    COMPLETE,
    INCOMPLETE,
    CANCELLED,
    FAILED
  }

  /** How far one is; the failures are the first hundred, and there are none before its end. */
  record View(
      State state,
      long successful,
      long skipped,
      long failed,
      long total,
      long rows,
      long bytes,
      Duration elapsed,
      @Nullable Duration remaining,
      List<FailureView> failures) {

    static View of(Migration migration) {
      MigrationReport report = report(migration);
      MigrationProgress progress = report == null ? migration.progress() : report.progress();
      State state = state(migration, report);
      return new View(
          state,
          progress.successful(),
          progress.skipped(),
          progress.failed(),
          progress.total(),
          progress.rows(),
          progress.bytes(),
          progress.elapsed(),
          state == State.RUNNING ? progress.remaining().orElse(null) : null,
          report == null
              ? List.of()
              : report.failures().stream().limit(SHOWN_FAILURES).map(FailureView::of).toList());
    }

    private static @Nullable MigrationReport report(Migration migration) {
      return migration.report().exceptionally(error -> null).getNow(null);
    }

    private static State state(Migration migration, @Nullable MigrationReport report) {
      if (report == null) {
        return migration.report().isCompletedExceptionally() ? State.FAILED : State.RUNNING;
      }
      if (report.cancelled()) {
        return State.CANCELLED;
      }
      return report.isComplete() ? State.COMPLETE : State.INCOMPLETE;
    }
  }

  /** What could not be migrated. */
  record FailureView(String key, String error, @Nullable String message) {
    static FailureView of(MigrationReport.Failure failure) {
      Throwable cause = failure.cause();
      return new FailureView(failure.name(), cause.getClass().getSimpleName(), cause.getMessage());
    }
  }

  @Override
  public String name() {
    return "migrations";
  }

  @Override
  public @Nullable Object read(Supplier<FileSystemStorage> store, Request request) {
    if (!request.path().isEmpty()) {
      return null;
    }
    Map<String, View> views = new TreeMap<>();
    migrations.all().forEach((name, migration) -> views.put(name, View.of(migration)));
    return new Migrations(views);
  }
}
