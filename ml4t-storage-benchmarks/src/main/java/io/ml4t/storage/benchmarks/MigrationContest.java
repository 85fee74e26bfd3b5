package io.ml4t.storage.benchmarks;

import io.ml4t.storage.Storage;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Migrations of a directory of small frames, beside a plain copy of its files. */
public final class MigrationContest {
  private static final int KEYS = 1_000;

  private final Report report;
  private final Path source;
  private final Path target;

  private MigrationContest(Report report, Path root) {
    this.report = report;
    source = root.resolve("source");
    target = root.resolve("target");
  }

  /**
   * Runs it; {@code migration.sh} does.
   *
   * @param arguments a folder on the disk
   */
  public static void main(String[] arguments) throws Exception {
    Report report = new Report(System.out);
    report.machine();
    new MigrationContest(report, Path.of(arguments[0])).run(new Contest(1, 5, 1));
  }

  private void run(Contest contest) throws Exception {
    fill();
    Medians times =
        contest.run(
            List.of(
                turn("copy the files", () -> copy(false)),
                turn("copy the files, each synced", () -> copy(true)),
                turn("into a store", () -> intoStore(store -> store, false)),
                turn("into a store, verified", () -> intoStore(store -> store, true)),
                turn(
                    "into a store, publish behind",
                    () -> intoStore(store -> store.publish(PublishMode.BEHIND), false)),
                turn(
                    "into a store, relaxed",
                    () -> intoStore(store -> store.durability(Durability.RELAXED), false)),
                turn("into a plain directory", this::intoDirectory)));
    report.table("migrate %,d keys of %d rows".formatted(KEYS, MarketData.SMALL_ROWS), times);
    times
        .nanos()
        .forEach(
            (name, nanos) -> report.note("%s: %,.0f keys/s".formatted(name, KEYS / (nanos / 1e9))));
  }

  private void fill() {
    MarketData data = new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS);
    try (Storage directory = PlainDirectoryStorage.builder(source).build()) {
      for (int i = 0; i < KEYS; i++) {
        directory.write(MarketData.object(data.frame(), "S" + i));
      }
    }
  }

  /** Begins without a target each time; to delete it does not count. */
  private Contestant turn(String name, Contestant.Task task) {
    Contestant timed = Contestant.of(name, task);
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double nanosPerRun(int runs) throws Exception {
        double nanos = timed.nanosPerRun(1);
        try (Stream<Path> files = Files.walk(target)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
        return nanos;
      }
    };
  }

  private void copy(boolean sync) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = Files.copy(file, target.resolve(source.relativize(file).toString()));
        if (sync && Files.isRegularFile(copy)) {
          try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }
      }
    }
  }

  private void intoStore(UnaryOperator<FileSystemStorageBuilder> settings, boolean verify) {
    try (FileSystemStorage store = settings.apply(FileSystemStorage.builder(target)).build()) {
      migrate(store.blocking(), verify);
    }
  }

  private void intoDirectory() {
    try (Storage directory = PlainDirectoryStorage.builder(target).build()) {
      migrate(directory, false);
    }
  }

  private void migrate(Storage into, boolean verify) {
    try (Storage directory = PlainDirectoryStorage.builder(source).readOnly().build()) {
      MigrationReport done = StorageMigrator.from(directory).to(into).verify(verify).run();
      if (done.successful() != KEYS) {
        throw new IllegalStateException(done.toText());
      }
    }
  }
}
