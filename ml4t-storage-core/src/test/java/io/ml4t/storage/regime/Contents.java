package io.ml4t.storage.regime;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
}
