package io.ml4t.samples.migration;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/** A directory to migrate, for those who have none at hand: sine waves, no instrument's prices. */
final class DemoDirectory {
  private static final Path FOLDER = Path.of("data", "demo");
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int KEYS = 1_000;
  private static final int ROWS = 250;

  private DemoDirectory() {}

  /** Writes what is missing of the directory, and tells where it is. */
  static Path make(PrintStream out) {
    try (PlainDirectoryStorage directory = PlainDirectoryStorage.builder(FOLDER).build()) {
      int there = directory.listKeys().size();
      IntStream.range(there, KEYS).mapToObj(DemoDirectory::wave).forEach(directory::write);
    }
    out.println("Migrating synthetic data in " + FOLDER + ", as migration.from is not set");
    return FOLDER;
  }

  private static DataObject wave(int number) {
    Metadata metadata =
        Metadata.builder("synthetic", "daily", "WAVE%04d".formatted(number))
            .provider("synthetic")
            .build();
    return new DataObject(
        DataFrame.of(IntStream.range(0, ROWS).mapToObj(day -> bar(number, day)).toList()),
        metadata);
  }

  private static Bar bar(int number, int day) {
    double open = price(number, day);
    double close = price(number, day + 1);
    return new Bar(
        START.plus(Duration.ofDays(day)),
        open,
        Math.max(open, close),
        Math.min(open, close),
        close,
        1_000 + number);
  }

  private static double price(int number, int day) {
    return Math.round(100 * (100 + 10 * Math.sin((day + number) / 20.0))) / 100.0;
  }
}
