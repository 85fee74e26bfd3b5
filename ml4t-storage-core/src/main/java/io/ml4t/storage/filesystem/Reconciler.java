package io.ml4t.storage.filesystem;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the whole plain view with the log: adopts foreign files, and marks for publication what
 * is missing or behind. Run when the store opens and on request.
 */
final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  private final StoreFiles files;
  private final StoreLayout layout;
  private final CommitLog commits;
  private final ForeignFiles foreign;

  /** Adopts the plain file of a key if it is foreign; true where it was. */
  private final Function<StorageKey, Boolean> adopt;

  Reconciler(
      StoreFiles files,
      StoreLayout layout,
      CommitLog commits,
      ForeignFiles foreign,
      Function<StorageKey, Boolean> adopt) {
    this.files = files;
    this.layout = layout;
    this.commits = commits;
    this.foreign = foreign;
    this.adopt = adopt;
  }

  /**
   * What was found.
   *
   * @param adopted foreign files that are versions of their own now
   * @param refused foreign files that cannot be, each named in the log
   * @param behind keys whose plain files do not show their newest version
   */
  record Result(int adopted, int refused, Set<StorageKey> behind) {}

  Result run() throws IOException {
    Index index = commits.refresh();
    Map<StorageKey, StoreFiles.Stat> plain = scan();
    int adopted = 0;
    int refused = 0;
    for (Map.Entry<StorageKey, StoreFiles.Stat> found : plain.entrySet()) {
      StorageKey key = found.getKey();
      if (!foreign.isSuspect(key, index.history(key), found.getValue())) {
        continue;
      }
      try {
        adopted += adopt.apply(key) ? 1 : 0;
      } catch (StorageException e) {
        refused++;
        log.warn("Cannot adopt {}: {}", key, e.getMessage());
      }
    }
    return new Result(adopted, refused, behind(plain));
  }

  private Set<StorageKey> behind(Map<StorageKey, StoreFiles.Stat> plain) {
    Set<StorageKey> behind = new TreeSet<>();
    commits
        .index()
        .keys()
        .forEach(
            (key, history) -> {
              StoreFiles.Stat shown = plain.get(key);
              Entry.Frame newest = history.newest().frame();
              if (newest == null ? shown != null : shown == null || !newest.isShownBy(shown)) {
                behind.add(key);
              }
            });
    return behind;
  }

  /** Every plain Parquet file whose path is that of a key: exactly three parts below the root. */
  private Map<StorageKey, StoreFiles.Stat> scan() throws IOException {
    Map<StorageKey, StoreFiles.Stat> found = new HashMap<>();
    for (String assetClass : files.list(layout.root)) {
      if (assetClass.startsWith(".")) {
        continue;
      }
      Path first = layout.root.resolve(assetClass);
      for (String frequency : files.list(first)) {
        Path second = first.resolve(frequency);
        for (String name : files.list(second)) {
          if (name.endsWith(StoreLayout.PARQUET)) {
            add(assetClass, frequency, second.resolve(name), name, found);
          }
        }
      }
    }
    return found;
  }

  private void add(
      String assetClass,
      String frequency,
      Path file,
      String name,
      Map<StorageKey, StoreFiles.Stat> found)
      throws IOException {
    StoreFiles.Stat stat = files.stat(file);
    if (stat == null) {
      return;
    }
    String symbol = name.substring(0, name.length() - StoreLayout.PARQUET.length());
    try {
      found.put(StorageKey.parse(assetClass + "/" + frequency + "/" + symbol), stat);
    } catch (InvalidKeyException e) {
      log.debug("Not a key, left alone: {}", file);
    }
  }
}
