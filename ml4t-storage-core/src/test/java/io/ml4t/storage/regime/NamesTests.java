package io.ml4t.storage.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.SymbolCorpus;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keys with every name that makes trouble somewhere, side by side on file systems that behave as
 * those of Linux, macOS and Windows, of which the last two ignore the case of letters. None leaves
 * the root, none shares a file with another, and each comes back as it was.
 */
class NamesTests {
  private final List<String> violations = Regime.violations();
  private int names;
  private int files;

  @Test
  void every_name_keeps_to_itself_on_every_kind_of_file_system() throws IOException {
    List<StorageKey> keys = keys();
    for (Configuration kind :
        List.of(Configuration.unix(), Configuration.osX(), Configuration.windows())) {
      tryAll(keys, kind, root -> relaxed(root).blocking());
    }
    // It syncs folders, which Jimfs cannot do where that is possible at all.
    tryAll(keys, Configuration.windows(), root -> PlainDirectoryStorage.builder(root).build());
    assertThat(files).isGreaterThan(names);
    Regime.figure(
        "10 names",
        "%,d names tried on file systems of 3 kinds, escapes, collisions and lost %d"
            .formatted(names, violations.size()),
        "escapes 0, collisions 0, round trips 100 %",
        violations);
  }

  /** The corpus in each part of a key, and texts made up of the characters that make trouble. */
  private static List<StorageKey> keys() {
    long seed = Regime.random("10 names").nextLong();
    Stream<String> symbols =
        Stream.concat(
            SymbolCorpus.STORABLE.stream(),
            SymbolCorpus.random(seed, Regime.size(200, 5_000)).filter(NamesTests::isStorable));
    return Stream.concat(
            symbols.map(symbol -> StorageKey.of("equities", "daily", symbol)),
            SymbolCorpus.STORABLE.stream()
                .flatMap(
                    part ->
                        Stream.of(
                            StorageKey.of(part, "daily", "AAPL"),
                            StorageKey.of("equities", part, "AAPL"))))
        .distinct()
        .toList();
  }

  private static boolean isStorable(String symbol) {
    try {
      StorageKey.of("equities", "daily", symbol);
      return true;
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  private static FileSystemStorage relaxed(Path root) {
    return FileSystemStorage.builder(root).durability(Durability.RELAXED).build();
  }

  private void tryAll(List<StorageKey> keys, Configuration kind, Function<Path, Storage> opening)
      throws IOException {
    try (FileSystem system = Jimfs.newFileSystem(kind)) {
      tryAll(keys, system.getPath("base").toAbsolutePath(), opening);
    }
  }

  private void tryAll(List<StorageKey> keys, Path top, Function<Path, Storage> opening)
      throws IOException {
    Path root = top.resolve("data");
    Map<StorageKey, DataObject> written = new TreeMap<>();
    try (Storage storage = opening.apply(root)) {
      for (StorageKey key : keys) {
        names++;
        DataObject data = Bars.of(key, 2, written.size());
        storage.write(data);
        written.put(key, data);
      }
      check(storage, written, root);
      for (String traversal : SymbolCorpus.TRAVERSALS) {
        names++;
        assertThatExceptionOfType(InvalidKeyException.class)
            .isThrownBy(() -> StorageKey.parse("equities/daily/" + traversal));
      }
    }
    try (Storage storage = opening.apply(root)) {
      check(storage, written, root);
      for (StorageKey key : keys.subList(0, keys.size() / 2)) {
        storage.delete(key);
        written.remove(key);
      }
      check(storage, written, root);
    }
    try (Storage storage = opening.apply(root)) {
      check(storage, written, root);
    }
    try (Stream<Path> beside = Files.list(top)) {
      beside.filter(path -> !path.equals(root)).forEach(path -> violations.add("outside: " + path));
    }
  }

  private void check(Storage storage, Map<StorageKey, DataObject> written, Path root)
      throws IOException {
    if (!storage.listKeys().equals(new ArrayList<>(written.keySet()))) {
      violations.add(root.getFileSystem() + ": the keys are not those that were written");
    }
    written.forEach(
        (key, data) -> {
          if (!storage.read(key).equals(data)) {
            violations.add(root.getFileSystem() + ": " + key + " is not what was written");
          }
        });
    try (Stream<Path> all = Files.walk(root)) {
      long frames =
          all.filter(path -> path.toString().endsWith(".parquet"))
              .filter(Files::isRegularFile)
              .count();
      files += (int) frames;
      if (frames != written.size()) {
        violations.add(
            "%s: %d files for %d keys".formatted(root.getFileSystem(), frames, written.size()));
      }
    }
  }
}
