package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PlainViewMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regime 6: bits flip and ends are lost in every region of every file. A reader gets the right data
 * or an error that names the file, never other data; and a check of the store names what is wrong,
 * unless opening has mended it or nothing needs those bytes.
 */
class CorruptionTests {
  private static final int INLINE_LIMIT = 4 * 1024;

  @TempDir Path folder;
  private final List<String> violations = Regime.violations();
  private final Random random = Regime.random("6");

  /** What became of a damage. */
  private enum Outcome {
    REFUSED,
    NAMED,
    UNNOTICED
  }

  @Test
  void damaged_bytes_are_never_read_as_data() throws IOException {
    Path sound = folder.resolve("sound");
    SortedMap<StorageKey, DataObject> expected = prepare(sound);
    Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
    int injected = 0;
    for (Damage damage : Damage.of(sound, Regime.size(8, 400), random)) {
      injected++;
      Path root = Files.createTempDirectory(folder, "store");
      Damage.copy(sound, root);
      damage.apply(root);
      try {
        Outcome outcome = outcome(root, expected);
        counts.computeIfAbsent(damage.kind(), k -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
      } catch (RuntimeException | AssertionError e) {
        violations.add(damage + ": " + e);
      }
      Damage.delete(root);
    }
    System.out.println("regime-6 by kind of file: " + counts);
    Regime.figure(
        "6 corruption",
        "%d detected, %d without effect / %d injected, wrong data %d"
            .formatted(
                sum(counts, Outcome.REFUSED) + sum(counts, Outcome.NAMED),
                sum(counts, Outcome.UNNOTICED),
                injected,
                violations.size()),
        "wrong data 0",
        violations);
  }

  private static int sum(Map<String, Map<Outcome, Integer>> counts, Outcome outcome) {
    return counts.values().stream().mapToInt(kind -> kind.getOrDefault(outcome, 0)).sum();
  }

  private static Outcome outcome(Path root, SortedMap<StorageKey, DataObject> expected) {
    FileSystemStorage opened;
    try {
      opened = builder(root).build();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      return Outcome.REFUSED;
    }
    try (FileSystemStorage store = opened) {
      boolean refused = false;
      for (Map.Entry<StorageKey, DataObject> entry : expected.entrySet()) {
        try {
          if (!store.blocking().read(entry.getKey()).equals(entry.getValue())) {
            throw new AssertionError("wrong data of " + entry.getKey());
          }
        } catch (CorruptDataException e) {
          refused = true;
        }
      }
      if (!List.copyOf(expected.keySet()).equals(store.blocking().listKeys())) {
        throw new AssertionError("keys " + store.blocking().listKeys());
      }
      refused |= tagIsLost(store);
      if (Contents.problems(store).isEmpty()) {
        if (refused) {
          throw new AssertionError("a reader was refused what the check finds sound");
        }
        return Outcome.UNNOTICED;
      }
      return refused ? Outcome.REFUSED : Outcome.NAMED;
    }
  }

  private static boolean tagIsLost(FileSystemStorage store) {
    try {
      if (!store.tags().join().equals(Map.of("eod", 5L))) {
        throw new AssertionError("tags " + store.tags().join());
      }
      return false;
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException) {
        return true;
      }
      throw e;
    }
  }

  private static FileSystemStorageBuilder builder(Path root) {
    return FileSystemStorage.builder(root).inlineLimit(INLINE_LIMIT).plainView(PlainViewMode.COPY);
  }

  /** A store with everything in it: two checkpoints, packs, records, objects, a tag. */
  private static SortedMap<StorageKey, DataObject> prepare(Path root) {
    try (FileSystemStorage store = builder(root).build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 5, 1));
      storage.write(Bars.of("LARGE", 400, 1));
      store.maintenance().checkpoint().join();
      storage.write(Bars.of("AAPL", 6, 2));
      storage.write(Bars.of("MSFT", 7, 3));
      storage.write(Bars.of("LARGE", 500, 3));
      store.tag("eod").join();
      store.maintenance().checkpoint().join();
      storage.write(Bars.of("AAPL", 8, 4));
      storage.write(Bars.of("IBM", 9, 5));
      storage.write(Bars.of("LARGE", 600, 6));
      return Contents.of(storage);
    }
  }
}
