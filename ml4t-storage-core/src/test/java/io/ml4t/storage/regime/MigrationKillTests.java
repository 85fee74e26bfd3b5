package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration of many small keys in a small heap is killed at half, and run again. It goes on where
 * it was: each key is in the target, in one version.
 */
class MigrationKillTests {
  private static final int HEAP = 256;

  @TempDir Path root;
  private final List<String> violations = Regime.violations();

  @Test
  void a_migration_killed_at_half_goes_on_without_repeating_or_losing_a_key() throws IOException {
    int keys = Regime.size(1_000, 100_000);
    for (int i = 0; i < keys; i++) {
      write(data(i));
    }

    int killed = runToHalf(keys);
    String[] counts = runToEnd().split(" ", -1);
    double copied = copyPerSecond(keys);

    try (FileSystemStorage store = FileSystemStorage.builder(root.resolve("target")).build()) {
      check(store.blocking(), keys);
    }
    long rest = Long.parseLong(counts[0]);
    if (rest + killed > keys || Long.parseLong(counts[1]) + rest != keys) {
      violations.add("%d were done before the kill, then %s".formatted(killed, List.of(counts)));
    }
    Regime.figure(
        "migration-kill",
        "%d keys with %d MiB, killed after %d, then %d written, lost or repeated %d, peak heap %s MiB, %s keys/s, a plain copy of the files %.0f keys/s"
            .formatted(keys, HEAP, killed, rest, violations.size(), counts[3], counts[4], copied),
        "lost or repeated 0",
        violations);
  }

  private JavaProcess start() throws IOException {
    return new JavaProcess(
        HEAP,
        MigrationProgram.class,
        root.resolve("source"),
        root.resolve("target"),
        root.resolve("journal"));
  }

  /** The number of keys that the program had said were done when it was killed. */
  private int runToHalf(int keys) throws IOException {
    int done = 0;
    try (JavaProcess program = start()) {
      while (done < keys / 2) {
        done = Integer.parseInt(program.line());
      }
      program.kill();
    }
    return done;
  }

  private String runToEnd() throws IOException {
    try (JavaProcess program = start()) {
      List<String> said = program.rest();
      String last = said.isEmpty() ? "" : said.get(said.size() - 1);
      if (!last.contains(" ")) {
        throw new IOException("The second run ended before its time, after: " + last);
      }
      return last;
    }
  }

  /** How fast the files are copied one by one, without a sync. */
  private double copyPerSecond(int keys) throws IOException {
    Path source = root.resolve("source");
    long start = System.nanoTime();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, root.resolve("copy").resolve(source.relativize(file).toString()));
      }
    }
    return keys / ((System.nanoTime() - start) / 1e9);
  }

  private void check(Storage store, int keys) {
    if (store.listKeys().size() != keys) {
      violations.add("the target has %d keys of %d".formatted(store.listKeys().size(), keys));
    }
    for (int i = 0; i < keys; i++) {
      DataObject expected = data(i);
      int versions = store.versions(expected.key()).size();
      if (versions != 1) {
        violations.add("%s has %d versions".formatted(expected.key(), versions));
      } else if (!store.read(expected.key()).equals(expected)) {
        violations.add(expected.key() + " is not what it was");
      }
    }
  }

  private static DataObject data(int number) {
    return Bars.of(StorageKey.of("equities", "g" + number / 1_000, "S" + number), 5, number);
  }

  /** Without a sync, for that of so many would take longer than the migration. */
  private void write(DataObject data) throws IOException {
    Path file = root.resolve("source").resolve(data.key() + ".parquet");
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, ForeignWriter.encode(data));
    Files.write(
        file.resolveSibling(data.key().symbol() + ".json"),
        data.metadata().toJson().getBytes(StandardCharsets.UTF_8));
  }
}
