package io.ml4t.storage.filesystem;

import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.event.StorageOperation;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * What an administrator does with a store, see {@link FileSystemStorage#maintenance()}. Safe for
 * use by many threads, and while others read and write.
 */
public final class StorageMaintenance {
  private final Engine engine;

  StorageMaintenance(Engine engine) {
    this.engine = engine;
  }

  /**
   * Adopts the files that other programs have written since, and publishes all plain files that are
   * behind.
   *
   * @return how many files were adopted
   */
  public CompletableFuture<Integer> refresh() {
    return engine.operations.run(
        StorageOperation.of("refresh"),
        () -> engine.opening.whole(index -> engine.refresh(index.head().sequence()).adopted()));
  }

  /**
   * Makes a checkpoint now, and deletes what retention does not keep. The store does both by itself
   * from time to time; so nothing here need be called.
   *
   * @return false where another process is at it already
   */
  public CompletableFuture<Boolean> vacuum() {
    return engine.operations.call(StorageOperation.of("vacuum"), engine.maintenance::vacuum);
  }

  /**
   * Makes a checkpoint now, so that the store opens faster. What the one before needs stays.
   *
   * @return false where another process is at it already
   */
  public CompletableFuture<Boolean> checkpoint() {
    return engine.operations.call(
        StorageOperation.of("checkpoint"), engine.maintenance::checkpoint);
  }

  /** How much the store holds. Reads nothing but the index. */
  public CompletableFuture<StorageStatistics> statistics() {
    return engine.operations.run(
        StorageOperation.of("statistics"), () -> engine.opening.whole(StorageStatistics::of));
  }

  /**
   * What is stored under a key, without its rows.
   *
   * @return fails with {@link KeyNotFoundException} where the key does not exist
   */
  public CompletableFuture<KeyDescription> describe(StorageKey key) {
    return engine.operations.run(
        StorageOperation.of("describe", key),
        () ->
            engine.opening.whole(
                index -> {
                  Entry newest = index.newest(key);
                  if (newest == null || newest.frame() == null) {
                    throw new KeyNotFoundException("describe", key);
                  }
                  return engine.reader.use(
                      key,
                      newest.sequence(),
                      frame -> engine.frames.describe(key, frame, index.versions(key)));
                }));
  }

  /**
   * Reads everything that the store keeps, and holds log, frames and plain view against each other.
   */
  public CompletableFuture<VerificationReport> verify() {
    return engine.operations.run(
        StorageOperation.of("verify"), () -> engine.opening.whole(index -> engine.verify()));
  }

  /**
   * Mends what can be mended: publishes plain files anew, commits a broken frame again from its
   * intact plain file, and moves what is broken to the quarantine. Where a commit record or a
   * checkpoint is damaged, what this process knows of it goes into a new checkpoint, so that the
   * store opens again. Deletes nothing but what a checkpoint makes superfluous.
   *
   * @return what was wrong before
   */
  public CompletableFuture<VerificationReport> repair() {
    return engine.operations.run(
        StorageOperation.of("repair"),
        () ->
            engine.operations.then(
                engine.opening.whole(index -> engine.verify()),
                report ->
                    Operations.start(() -> engine.repairer.run(report).thenApply(done -> report))));
  }

  /**
   * Writes the store as it was at a commit as a tree of plain files, in the layout of a data root:
   * for every key its {@code .parquet} and {@code .json}. The tree appears when it is whole, and
   * each file of it has been checked. What it needs must be kept meanwhile, as a tag makes sure of.
   *
   * @param sequence the commit
   * @param folder does not exist yet, or is empty, and is outside of the data root
   * @return how many keys were written; fails with {@link io.ml4t.storage.InvalidDataException}
   *     where there is no such commit or folder, with {@link
   *     io.ml4t.storage.VersionExpiredException} where a version is no longer kept
   */
  public CompletableFuture<Integer> export(long sequence, Path folder, ExportMode mode) {
    return engine.operations.call(
        StorageOperation.of("export"), () -> engine.exporter.run(sequence, folder, mode));
  }
}
