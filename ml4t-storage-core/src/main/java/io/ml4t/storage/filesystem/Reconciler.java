package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the whole plain view with the log: adopts foreign files, and marks for publication what
 * is missing or behind. Run when the store opens and on request.
 */
final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  /** So many are adopted at the same time, and so in few commits. */
  private static final int MAX_BATCH = 256;

  private static final long MAX_BATCH_BYTES = 32L << 20;

  private final StoreFiles files;
  private final PlainFolder folder;
  private final CommitLog commits;
  private final ForeignFiles foreign;
  private final Executor executor;

  /** Adopts the plain file of a key if it is foreign; true where it was. */
  private final Function<StorageKey, CompletableFuture<Boolean>> adopt;

  Reconciler(
      StoreFiles files,
      PlainFolder folder,
      CommitLog commits,
      ForeignFiles foreign,
      Executor executor,
      Function<StorageKey, CompletableFuture<Boolean>> adopt) {
    this.files = files;
    this.folder = folder;
    this.commits = commits;
    this.foreign = foreign;
    this.executor = executor;
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

  /**
   * Compares.
   *
   * @param last the newest commit that is looked for in the plain view; later ones are published by
   *     whoever makes them, and may be so at this moment
   */
  Result run(long last) throws IOException {
    Index index = commits.refresh();
    Map<StorageKey, StoreFiles.Stat> plain =
        folder.scan(executor, (file, e) -> log.debug("Not a key, left alone: {}", file));
    List<Map.Entry<StorageKey, StoreFiles.Stat>> suspects =
        Parts.look(
            executor,
            List.copyOf(plain.entrySet()),
            found ->
                foreign.isSuspect(found.getKey(), index.history(found.getKey()), found.getValue())
                    ? found
                    : null);
    suspects.sort(Map.Entry.comparingByKey());
    int adopted = 0;
    int refused = 0;
    for (int next = 0; next < suspects.size(); ) {
      Map<StorageKey, CompletableFuture<Boolean>> batch = new TreeMap<>();
      for (long bytes = 0;
          next < suspects.size() && batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES;
          next++) {
        StorageKey key = suspects.get(next).getKey();
        bytes += suspects.get(next).getValue().size();
        batch.put(key, adopt.apply(key));
      }
      for (Map.Entry<StorageKey, CompletableFuture<Boolean>> one : batch.entrySet()) {
        try {
          adopted += Operations.await(one.getValue()) ? 1 : 0;
        } catch (StorageException | CompletionException e) {
          // One file that the heap cannot hold, say, must not keep all others back.
          refused++;
          log.warn("Cannot adopt {}: {}", one.getKey(), Operations.typed(e).toString());
        }
      }
    }
    return new Result(adopted, refused, behind(plain, last));
  }

  private Set<StorageKey> behind(Map<StorageKey, StoreFiles.Stat> plain, long last)
      throws IOException {
    return new TreeSet<>(
        Parts.look(
            executor,
            List.copyOf(commits.refresh().keys().entrySet()),
            one -> {
              StorageKey key = one.getKey();
              Entry newest = one.getValue().newest();
              return newest.sequence() <= last && isBehind(key, newest.frame(), plain.get(key))
                  ? key
                  : null;
            }));
  }

  private boolean isBehind(
      StorageKey key, Entry.@Nullable Frame newest, StoreFiles.@Nullable Stat shown)
      throws IOException {
    return newest == null ? shown != null : !isShown(key, newest, shown);
  }

  private boolean isShown(StorageKey key, Entry.Frame newest, StoreFiles.@Nullable Stat shown)
      throws IOException {
    return shown != null
        && newest.isShownBy(shown)
        && (newest.foreignSize() >= 0 || hasSidecar(key));
  }

  /** A power cut may leave a sidecar without its content, since it was not synced. */
  private boolean hasSidecar(StorageKey key) throws IOException {
    StoreFiles.Stat sidecar = files.stat(folder.file(key, StoreLayout.JSON));
    return sidecar != null && sidecar.size() > 0;
  }
}
