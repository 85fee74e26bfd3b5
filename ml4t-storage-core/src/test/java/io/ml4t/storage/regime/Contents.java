package io.ml4t.storage.regime;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that a store holds, read the way its users read it. */
public final class Contents {
  private Contents() {}

  /** The newest frame of each key. */
  public static SortedMap<StorageKey, DataObject> of(Storage storage) {
    SortedMap<StorageKey, DataObject> contents = new TreeMap<>();
    for (StorageKey key : storage.listKeys()) {
      contents.put(key, storage.read(key));
    }
    return contents;
  }

  /** What the store finds wrong with itself once the plain view has caught up. */
  public static List<String> problems(FileSystemStorage store) {
    store.flush().join();
    List<String> found = new ArrayList<>();
    for (VerificationReport.Problem problem : store.maintenance().verify().join().problems()) {
      found.add(problem.toString());
    }
    return found;
  }

  /** Plain files that no key has, and those that a key lacks. */
  public static List<String> strayFiles(FileSystemStorage store) throws IOException {
    NavigableSet<String> expected = new TreeSet<>();
    for (StorageKey key : store.blocking().listKeys()) {
      expected.add(key + ".parquet");
      expected.add(key + ".json");
    }
    Path root = store.status().root();
    NavigableSet<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .forEach(found::add);
    }
    return found.equals(expected)
        ? List.of()
        : List.of("plain files " + found + " instead of " + expected);
  }
}
