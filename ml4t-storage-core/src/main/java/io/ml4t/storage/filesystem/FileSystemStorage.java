package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncSnapshot;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.AsyncTransactionCallback;
import io.ml4t.storage.Commit;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.TransactionCallback;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.event.StorageOperation;
import io.ml4t.storage.lock.LockInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A store on a local file system. Several processes may have the same data root open.
 *
 * <pre>{@code
 * AsyncStorage storage = FileSystemStorage.builder(Path.of("data")).build();
 * }</pre>
 */
public final class FileSystemStorage implements AsyncStorage {
  private final Engine engine;

  FileSystemStorage(Engine engine) {
    this.engine = engine;
  }

  /** A builder for a store below the given folder, which is created when it does not exist. */
  public static FileSystemStorageBuilder builder(Path root) {
    return new FileSystemStorageBuilder(root);
  }

  @Override
  public CompletableFuture<Version> put(DataObject data, WriteOptions options) {
    return engine.operations.run(
        StorageOperation.of("write", data),
        () -> {
          StagedChange change = stage(data);
          return commit(Plan.put(change, content(data, change), options));
        });
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return engine.operations.run(
        StorageOperation.of("update", data),
        () -> {
          if (!key.equals(data.key())) {
            throw new InvalidDataException(
                "Cannot update " + key + ": the data belongs to " + data.key());
          }
          StagedChange change = stage(data);
          return commit(Plan.update(change, content(data, change))).thenApply(Version::key);
        });
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    return engine.operations.run(
        StorageOperation.of("delete", key),
        () ->
            engine.operations.then(
                engine.current(key),
                index ->
                    engine
                        .writer
                        .commit(Plan.delete(key))
                        .thenApply(record -> !record.changes().isEmpty())));
  }

  private StagedChange stage(DataObject data) throws IOException {
    data.requireComplete();
    engine.plain.checkInside(data.key());
    return engine.frames.stage(data);
  }

  private static PlainView.Content content(DataObject data, StagedChange change) {
    return new PlainView.Content(change.bytes(), data.metadata().toJson());
  }

  private CompletableFuture<Version> commit(Plan plan) {
    return engine
        .writer
        .commit(plan)
        .thenApply(
            record -> {
              CommitRecord.Change change = record.changes().get(0);
              return Entry.of(record, change).toVersion(change.key());
            });
  }

  @Override
  public CompletableFuture<StorageKey> append(DataObject data) {
    return engine.transactions.run(
        StorageOperation.of("append", data), transaction -> transaction.append(data));
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key, ReadOptions options) {
    return engine.operations.run(
        StorageOperation.of("read", key),
        () ->
            engine.operations.then(
                engine.current(key),
                index ->
                    Operations.start(
                        () ->
                            CompletableFuture.completedFuture(
                                engine.reader.read(key, index.sequence(options), options)))));
  }

  @Override
  public CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys) {
    return snapshot().thenCompose(snapshot -> snapshot.readAll(keys));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return engine.operations.run(
        StorageOperation.of("exists", key),
        () -> engine.current(key).thenApply(index -> index.version(key) != WriteOptions.ABSENT));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return engine.operations.call(
        StorageOperation.of("list-keys"),
        () -> {
          KeyPrefix wanted = KeyPrefix.parse(prefix);
          return engine.log.refresh().list(wanted, Long.MAX_VALUE);
        });
  }

  @Override
  public CompletableFuture<List<Version>> versions(StorageKey key) {
    return engine.operations.run(
        StorageOperation.of("versions", key),
        () -> engine.current(key).thenApply(index -> index.versions(key)));
  }

  @Override
  public CompletableFuture<AsyncSnapshot> snapshot() {
    return engine.operations.call(
        StorageOperation.of("snapshot"),
        () -> {
          Index.Head head = engine.log.refresh().head();
          return new StoreSnapshot(engine, head.sequence(), Times.instant(head.time()));
        });
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(long sequence) {
    return engine.operations.call(
        StorageOperation.of("snapshot"),
        () -> {
          Index.Head head = engine.log.refresh().head();
          if (sequence < 0 || sequence > head.sequence()) {
            throw new InvalidDataException(
                "Cannot read as of commit %d: the newest commit is %d"
                    .formatted(sequence, head.sequence()));
          }
          return new StoreSnapshot(engine, sequence, engine.log.index().timeOf(sequence));
        });
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(Instant time) {
    return engine.operations.call(
        StorageOperation.of("snapshot"),
        () -> new StoreSnapshot(engine, engine.log.refresh().sequenceAt(Times.micros(time)), time));
  }

  @Override
  public <T> CompletableFuture<T> transaction(TransactionCallback<T> work) {
    return engine.transactions.run(StorageOperation.of("transaction"), work);
  }

  @Override
  public <T> CompletableFuture<T> transactionAsync(AsyncTransactionCallback<T> work) {
    return engine.transactions.runAsync(work);
  }

  @Override
  public CompletableFuture<AsyncTransaction> begin() {
    return engine.transactions.begin();
  }

  /** How the store is doing. Does not touch the disk. */
  public StorageStatus status() {
    return engine.status();
  }

  /** What an administrator does with the store. */
  public StorageMaintenance maintenance() {
    return new StorageMaintenance(engine);
  }

  /** The keys that are locked, or waited for, in this process. */
  public List<LockInfo> locks() {
    return engine.locks.locks();
  }

  /**
   * Names the store as it is now. What a tag shows is kept until the tag is removed.
   *
   * @return the tagged commit; fails with {@link InvalidDataException} where the name is taken
   */
  public CompletableFuture<Long> tag(String name) {
    return engine.tag(name);
  }

  /**
   * Removes a tag.
   *
   * @return whether there was one
   */
  public CompletableFuture<Boolean> untag(String name) {
    return engine.operations.call(StorageOperation.of("untag"), () -> engine.tags.remove(name));
  }

  /** All tags with their commits, by name; {@link #asOf(long)} reads them. */
  public CompletableFuture<SortedMap<String, Long>> tags() {
    return engine.operations.call(StorageOperation.of("tags"), engine.tags::all);
  }

  /**
   * What past commits have changed, oldest first, of this process and others.
   *
   * @param fromSequence the first commit
   * @param limit how many at most
   * @return fails with {@link io.ml4t.storage.VersionExpiredException} where the first is not kept
   */
  public CompletableFuture<List<Commit>> commits(long fromSequence, int limit) {
    return engine.operations.call(
        StorageOperation.of("commits"), () -> engine.history.read(fromSequence, limit));
  }

  /**
   * What commits change, of this process and others: those that are there, oldest first, then each
   * new one within a fraction of a second. Completes when the store is closed; fails with {@link
   * io.ml4t.storage.VersionExpiredException} where the next commit is no longer kept.
   *
   * @param fromSequence the first commit
   */
  public Flow.Publisher<Commit> watch(long fromSequence) {
    return engine.watch(fromSequence);
  }

  /** Completes when the plain view shows every commit that was made before the call. */
  public CompletableFuture<Void> flush() {
    return engine.operations.run(StorageOperation.of("flush"), engine.publisher::flush);
  }

  @Override
  public void close() {
    engine.close();
  }
}
