package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * A store of frames, one per key, that never blocks its caller. Safe for use by many threads.
 *
 * <p>Every change is one atomic, durable commit: a future that completes normally means that the
 * change survives a crash. Reads take no lock and see the newest commit, of this process and of
 * others.
 *
 * <p>A future fails with a {@link StorageException} as the cause of the {@code
 * CompletionException}. Cancelling a future whose operation has not begun cancels it; one that has
 * begun runs to its end. Every method may also fail with {@link StorageClosedException}, {@link
 * CorruptDataException} and {@link StorageException}; the further errors are named at each method.
 */
public interface AsyncStorage extends AutoCloseable {

  /**
   * Writes a frame under the key in its metadata, whatever was there.
   *
   * @return the key
   */
  default CompletableFuture<StorageKey> write(DataObject data) {
    return write(data, WriteOptions.defaults());
  }

  /**
   * Writes a frame under the key in its metadata, if the options allow it.
   *
   * @return the key; fails with {@link CommitConflictException} where the options do not hold
   */
  default CompletableFuture<StorageKey> write(DataObject data, WriteOptions options) {
    return Derived.map(put(data, options), Version::key);
  }

  /**
   * Writes like {@link #write(DataObject, WriteOptions)}, and tells the version that it made.
   *
   * @return the new version; fails with {@link CommitConflictException} where the options do not
   *     hold
   */
  CompletableFuture<Version> put(DataObject data, WriteOptions options);

  /**
   * Replaces the frame of a key that exists.
   *
   * @return the key; fails with {@link KeyNotFoundException} where it does not exist, and with
   *     {@link InvalidDataException} where the data belongs to another key
   */
  CompletableFuture<StorageKey> update(StorageKey key, DataObject data);

  /**
   * Adds rows to the frame of a key, see {@link Transaction#append}. One atomic commit, tried again
   * where another writer was faster.
   *
   * @return the key; fails with {@link InvalidDataException} where the columns do not fit together
   */
  default CompletableFuture<StorageKey> append(DataObject data) {
    return transaction(transaction -> transaction.append(data));
  }

  /**
   * Writes frames of several keys in one atomic commit: all of them or none.
   *
   * @return the keys, in the order of the frames; fails with {@link InvalidDataException} where two
   *     frames have the same key
   */
  default CompletableFuture<List<StorageKey>> writeAll(Collection<DataObject> data) {
    List<DataObject> frames = List.copyOf(data);
    return transaction(
        transaction -> {
          DataObject.requireDistinct(frames);
          return frames.stream().map(transaction::write).toList();
        });
  }

  /** Writes frames of several keys each on its own, whatever was there. */
  default CompletableFuture<List<WriteOutcome>> writeEach(Collection<DataObject> data) {
    return writeEach(data, WriteOptions.defaults());
  }

  /**
   * Writes frames of several keys each on its own, if the options allow it: some may fail, and the
   * others are written. No more than a few dozen are under way at a time. Cancelling the future
   * keeps back those that have not begun.
   *
   * @return one outcome per frame, in the order of the frames; fails as a whole with {@link
   *     InvalidDataException} where two frames have the same key
   */
  default CompletableFuture<List<WriteOutcome>> writeEach(
      Collection<DataObject> data, WriteOptions options) {
    try {
      return new EachWrite(this, List.copyOf(data), options).run();
    } catch (InvalidDataException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Reads the newest frame of a key.
   *
   * @return the frame and its metadata; fails with {@link KeyNotFoundException}
   */
  default CompletableFuture<DataObject> read(StorageKey key) {
    return read(key, ReadOptions.defaults());
  }

  /** Reads the newest frame of a key in its text form, such as {@code equities/daily/AAPL}. */
  default CompletableFuture<DataObject> read(String key) {
    return read(StorageKey.parse(key));
  }

  /**
   * Reads a part of a frame, or an older version of it.
   *
   * @return the columns and rows asked for; fails with {@link KeyNotFoundException} where the key
   *     does not exist at that point, with {@link VersionExpiredException} where retention has
   *     dropped the version, with {@link InvalidDataException} where a column is missing
   */
  CompletableFuture<DataObject> read(StorageKey key, ReadOptions options);

  /**
   * Reads the frames of several keys, all as of one commit.
   *
   * @return one frame per key, in the order of the keys; fails with {@link KeyNotFoundException}
   *     where any does not exist
   */
  CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys);

  /**
   * Reads the frames of many keys one after another, see {@link #stream(Collection, ReadOptions)}.
   */
  default Flow.Publisher<DataObject> stream(Collection<StorageKey> keys) {
    return stream(keys, ReadOptions.defaults());
  }

  /**
   * Reads the frames of many keys one after another, or parts of them: for more than fits into
   * memory at once. Each subscriber gets the frames in the order of the keys, all as of the commit
   * that was the newest when it subscribed, or as of the point in the options. At most 4 frames are
   * read ahead of what it has asked for, and none before it asks for the first.
   *
   * <p>The signals come from the store's threads, or from the thread that requests where a frame is
   * there already; the subscriber must not block them. It is told of the first frame that cannot be
   * read, by the error of {@link #read(StorageKey, ReadOptions)}, and gets no more. A subscriber so
   * slow that retention overtakes it fails with {@link VersionExpiredException}.
   */
  default Flow.Publisher<DataObject> stream(Collection<StorageKey> keys, ReadOptions options) {
    return new FrameStream(this, List.copyOf(keys), options);
  }

  /** Whether there is a frame under the key. */
  CompletableFuture<Boolean> exists(StorageKey key);

  /** Whether there is a frame under the key in its text form. */
  default CompletableFuture<Boolean> exists(String key) {
    return exists(StorageKey.parse(key));
  }

  /**
   * Deletes the frame of a key.
   *
   * @return whether there was one
   */
  CompletableFuture<Boolean> delete(StorageKey key);

  /** Deletes the frame of a key in its text form. */
  default CompletableFuture<Boolean> delete(String key) {
    return delete(StorageKey.parse(key));
  }

  /**
   * Deletes the frames of several keys in one atomic commit.
   *
   * @return the keys that had one, in the order they were given in, each once
   */
  default CompletableFuture<List<StorageKey>> deleteAll(Collection<StorageKey> keys) {
    List<StorageKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
    return transaction(transaction -> distinct.stream().filter(transaction::delete).toList());
  }

  /** Lists all keys, in order. */
  default CompletableFuture<List<StorageKey>> listKeys() {
    return listKeys("");
  }

  /**
   * Lists the keys under a prefix, in order.
   *
   * @param prefix whole leading parts of a key's text form, such as {@code equities} or {@code
   *     equities/daily}, with or without a slash at the end; where the last character is {@code *},
   *     the last part may go on
   */
  CompletableFuture<List<StorageKey>> listKeys(String prefix);

  /**
   * Lists the versions of a key that are kept, newest first, deletions included.
   *
   * @return empty where the key never existed
   */
  CompletableFuture<List<Version>> versions(StorageKey key);

  /** The store as it is now, over all keys. */
  default CompletableFuture<AsyncSnapshot> snapshot() {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /**
   * The store as it was at a commit.
   *
   * @param sequence a {@link Version#sequence()}
   * @return fails with {@link InvalidDataException} where there is no such commit yet
   */
  default CompletableFuture<AsyncSnapshot> asOf(long sequence) {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /** The store as it was at a time: after the newest commit that is not later. */
  default CompletableFuture<AsyncSnapshot> asOf(Instant time) {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /**
   * Runs a transaction: commits what the callback has changed when it returns, rolls back when it
   * throws. Where another writer has changed what it read, it runs again, after a delay.
   *
   * @param work may block; runs on a thread of the store
   * @param <T> the type of the result
   * @return the callback's result; fails with {@link CommitConflictException} after the last
   *     attempt, or with the callback's own error
   */
  default <T> CompletableFuture<T> transaction(TransactionCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no transactions");
  }

  /**
   * Runs a transaction whose callback does not block, see {@link #transaction}: commits what it has
   * changed when its future completes, rolls back when that fails.
   *
   * @param <T> the type of the result
   */
  default <T> CompletableFuture<T> transactionAsync(AsyncTransactionCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no transactions");
  }

  /** Begins a transaction that the caller commits or rolls back. It holds no lock meanwhile. */
  default CompletableFuture<AsyncTransaction> begin() {
    throw new UnsupportedOperationException(getClass().getName() + " has no transactions");
  }

  /**
   * Runs a callback while nobody else can change the key, in this process or another: to guard a
   * read and the write that depends on it, or anything else of the caller's own. Reads by others go
   * on. The callback runs once, and changes the key through what it is given: the store's own
   * methods wait for the lock as everybody does.
   *
   * @param work may block; runs on a thread of the store
   * @param <T> the type of the result
   * @return the callback's result; fails with {@link LockAcquisitionException} where the lock could
   *     not be had in time, or with the callback's own error. A callback that changes its key
   *     through the store, be it in a transaction, or locks it again, gets an {@link
   *     IllegalStateException} where the store can tell, else a {@link LockAcquisitionException}
   */
  default <T> CompletableFuture<T> withLock(StorageKey key, LockCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no locks");
  }

  /**
   * Runs a callback that does not block while nobody else can change the key, see {@link
   * #withLock}. The key stays locked until the callback's future completes.
   *
   * @param <T> the type of the result
   */
  default <T> CompletableFuture<T> withLockAsync(StorageKey key, AsyncLockCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no locks");
  }

  /**
   * Makes an older version of a key its newest, as a commit of its own.
   *
   * @param sequence a {@link Version#sequence()} of the key
   * @return the new version; fails with {@link KeyNotFoundException} where the key did not exist
   *     then, with {@link VersionExpiredException} where retention has dropped the version
   */
  default CompletableFuture<Version> restore(StorageKey key, long sequence) {
    return asOf(sequence)
        .thenCompose(snapshot -> snapshot.read(key))
        .thenCompose(data -> put(data, WriteOptions.defaults()));
  }

  /** The blocking twin of this store. Closing it closes this store. */
  default Storage blocking() {
    return new BlockingStorage(this);
  }

  /**
   * A non-blocking store over a blocking one.
   *
   * @param storage the store; closed with the result
   * @param executor runs each operation; not closed with the result
   */
  static AsyncStorage of(Storage storage, Executor executor) {
    return new ExecutorStorage(storage, executor);
  }

  /** Stops accepting operations, waits for those that have begun, and releases all resources. */
  @Override
  void close();
}
