package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncLockCallback;
import io.ml4t.storage.AsyncSnapshot;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.AsyncTransactionCallback;
import io.ml4t.storage.Commit;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.LockCallback;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.TransactionCallback;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.event.StorageOperation;
import io.ml4t.storage.lock.LockInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
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

  /**
   * Makes a store open again that {@link FileSystemStorageBuilder#build()} refuses with {@link
   * io.ml4t.storage.CorruptDataException}, without the commits whose records cannot be read. Call
   * it when a backup is no better, while no process has the store open. It deletes nothing: what is
   * damaged is in {@code .ml4t/quarantine} afterwards.
   *
   * <p>A key goes back to its last version that can be read, and a lost deletion is undone. Where a
   * plain file still shows what was lost, it is adopted when the store is opened next. Later
   * commits stay as they are, even if what they wrote was decided on what is lost.
   *
   * @return what could not be kept; empty where the log is whole, and nothing was done
   * @throws io.ml4t.storage.UnsupportedFormatException if a newer release wrote the store
   * @throws StorageException if there is no store, or its files cannot be used
   */
  public static SalvageReport salvage(Path root) {
    return Operations.now(
        () -> {
          NioStoreFiles files = new NioStoreFiles();
          StoreLayout layout = new StoreLayout(files.realPath(root), Clock.systemUTC());
          return new Salvager(files, layout).run();
        });
  }

  @Override
  public CompletableFuture<Version> put(DataObject data, WriteOptions options) {
    return change(
        StorageOperation.of("write", data),
        List.of(data.key()),
        FrameWeight.of(data.data()),
        () -> version(Plan.put(engine.stage(List.of(data)), options)));
  }

  @Override
  public CompletableFuture<List<StorageKey>> writeAll(Collection<DataObject> data) {
    List<DataObject> frames = List.copyOf(data);
    List<StorageKey> keys = frames.stream().map(DataObject::key).toList();
    return change(
        StorageOperation.of("write-all", frames),
        keys,
        FrameWeight.of(frames),
        () -> {
          DataObject.requireDistinct(frames);
          return frames.isEmpty()
              ? CompletableFuture.completedFuture(keys)
              : engine.writer.commit(Plan.writeAll(engine.stage(frames))).thenApply(done -> keys);
        });
  }

  @Override
  public CompletableFuture<StorageKey> update(StorageKey key, DataObject data) {
    return change(
        StorageOperation.of("update", data),
        List.of(key),
        FrameWeight.of(data.data()),
        () -> {
          data.requireKey("update", key);
          return version(Plan.update(engine.stage(List.of(data)))).thenApply(Version::key);
        });
  }

  @Override
  public CompletableFuture<Boolean> delete(StorageKey key) {
    List<StorageKey> keys = List.of(key);
    return change(
        StorageOperation.of("delete", key),
        keys,
        0,
        () -> deleted(keys).thenApply(deleted -> !deleted.isEmpty()));
  }

  @Override
  public CompletableFuture<List<StorageKey>> deleteAll(Collection<StorageKey> keys) {
    List<StorageKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
    return change(StorageOperation.of("delete-all"), distinct, 0, () -> deleted(distinct));
  }

  private <T> CompletableFuture<T> change(
      StorageOperation asked,
      List<StorageKey> keys,
      long bytes,
      Operations.Operation<T> operation) {
    return engine.lockedCallbacks.unlessMine(
        keys, () -> engine.operations.change(asked, bytes, operation));
  }

  private CompletableFuture<List<StorageKey>> deleted(List<StorageKey> keys) throws IOException {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(keys);
    }
    CompletableFuture<Index> current = engine.current(keys.get(0));
    for (StorageKey key : keys.subList(1, keys.size())) {
      current =
          engine.operations.then(current, before -> Operations.start(() -> engine.current(key)));
    }
    return engine
        .operations
        .then(current, newest -> engine.writer.commit(Plan.delete(keys)))
        .thenApply(record -> record.changes().stream().map(CommitRecord.Change::key).toList());
  }

  private CompletableFuture<Version> version(Plan plan) {
    return engine.writer.commit(plan).thenApply(CommitRecord::version);
  }

  @Override
  public CompletableFuture<StorageKey> append(DataObject data) {
    return engine.lockedCallbacks.unlessMine(
        List.of(data.key()), () -> engine.transactions.append(data));
  }

  @Override
  public CompletableFuture<DataObject> read(StorageKey key, ReadOptions options) {
    return engine.operations.read(
        StorageOperation.of("read", key),
        FrameWeight.of(engine.log.index().newest(key)),
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
    List<StorageKey> wanted = List.copyOf(keys);
    Index index = engine.log.index();
    return engine.operations.read(
        StorageOperation.of("read-all"),
        wanted.stream().mapToLong(key -> FrameWeight.of(index.newest(key))).sum(),
        () ->
            engine.opening.whole(
                newest -> engine.reader.readAll(wanted, newest.head().sequence())));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return engine.operations.run(
        StorageOperation.of("exists", key),
        () -> engine.current(key).thenApply(index -> index.version(key) != WriteOptions.ABSENT));
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return engine.operations.run(
        StorageOperation.of("list-keys"),
        () -> {
          KeyPrefix wanted = KeyPrefix.parse(prefix);
          return engine.opening.whole(index -> index.list(wanted));
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
    return snapshot(
        index ->
            new StoreSnapshot(engine, index.head().sequence(), Times.instant(index.head().time())));
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(long sequence) {
    return snapshot(
        index -> {
          if (sequence < 0 || sequence > index.head().sequence()) {
            throw new InvalidDataException(
                "Cannot read as of commit %d: the newest commit is %d"
                    .formatted(sequence, index.head().sequence()));
          }
          return new StoreSnapshot(engine, sequence, index.timeOf(sequence));
        });
  }

  @Override
  public CompletableFuture<AsyncSnapshot> asOf(Instant time) {
    return snapshot(index -> new StoreSnapshot(engine, index.sequenceAt(Times.micros(time)), time));
  }

  private CompletableFuture<AsyncSnapshot> snapshot(Opening.Whole<AsyncSnapshot> step) {
    return engine.operations.run(StorageOperation.of("snapshot"), () -> engine.opening.whole(step));
  }

  @Override
  public <T> CompletableFuture<T> transaction(TransactionCallback<T> work) {
    return engine.transactions.run(work);
  }

  @Override
  public <T> CompletableFuture<T> transactionAsync(AsyncTransactionCallback<T> work) {
    return engine.transactions.runAsync(work);
  }

  @Override
  public CompletableFuture<AsyncTransaction> begin() {
    return engine.transactions.begin();
  }

  @Override
  public <T> CompletableFuture<T> withLock(StorageKey key, LockCallback<T> work) {
    return engine.lockedCallbacks.run(key, work);
  }

  @Override
  public <T> CompletableFuture<T> withLockAsync(StorageKey key, AsyncLockCallback<T> work) {
    return engine.lockedCallbacks.runAsync(key, work);
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

  /**
   * Completes when the plain view shows every commit that was made before the call. Fails where it
   * cannot yet, for a full disk say: what it lacks is committed, and is tried again.
   */
  public CompletableFuture<Void> flush() {
    return engine.operations.run(StorageOperation.of("flush"), engine.opening::flush);
  }

  @Override
  public void close() {
    engine.close();
  }
}
