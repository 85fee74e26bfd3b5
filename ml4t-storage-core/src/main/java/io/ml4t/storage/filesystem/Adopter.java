package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes versions of the plain files that other programs wrote. */
final class Adopter {
  private static final Logger logger = LoggerFactory.getLogger(FileSystemStorage.class);

  private final PlainView plain;
  private final ForeignFiles foreign;
  private final CommitLog log;
  private final GroupCommitter committer;

  Adopter(PlainView plain, ForeignFiles foreign, CommitLog log, GroupCommitter committer) {
    this.plain = plain;
    this.foreign = foreign;
    this.log = log;
    this.committer = committer;
  }

  /** Adopts the key's plain file if another program wrote it. The caller holds the key's lock. */
  CompletableFuture<Boolean> adopt(StorageKey key) throws IOException {
    if (plain.isOff()) {
      return CompletableFuture.completedFuture(false);
    }
    StagedChange change = foreign.examine(key, log.refresh().history(key));
    return change == null
        ? CompletableFuture.completedFuture(false)
        : committer.submit(Plan.adopt(change)).thenApply(record -> true);
  }

  /**
   * Adopts what a commit is about to replace, so that it is part of the history. What is no frame
   * is named in the log, and replaced; what cannot be adopted for another reason fails the commit,
   * for it may be adopted later. The caller holds the keys' locks.
   *
   * @return completes with whether there was anything to look into
   */
  CompletableFuture<Boolean> adoptReplaced(Collection<StorageKey> keys) throws IOException {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(false);
    for (StorageKey key : keys) {
      StoreFiles.Stat shown = plain.stat(key);
      if (shown != null && foreign.isSuspect(key, log.index().history(key), shown)) {
        all = all.thenCompose(done -> adoptReplaced(key));
      }
    }
    return all;
  }

  private CompletableFuture<Boolean> adoptReplaced(StorageKey key) {
    return Operations.start(() -> adopt(key))
        .handle(
            (adopted, error) -> {
              if (error != null) {
                giveUp(key, Operations.typed(error));
              }
              return true;
            });
  }

  private void giveUp(StorageKey key, Throwable reason) {
    if (!(reason instanceof CorruptDataException || reason instanceof InvalidDataException)) {
      throw new StorageException(
          "Cannot replace %s: another program has written its plain file, which cannot be adopted now (%s); try again, or move the file away"
              .formatted(key, reason),
          reason);
    }
    logger.warn("Replacing the plain file of {}: {}", key, reason.getMessage());
    Operations.now(() -> foreign.giveUp(key));
  }
}
