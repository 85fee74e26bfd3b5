package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * A store of frames, one per key, whose calls wait for their result: the blocking twin of {@link
 * AsyncStorage}, method for method. Safe for use by many threads.
 *
 * <p>Every change is one atomic, durable commit: a call that returns means that the change survives
 * a crash. An interrupted caller gets a {@link StorageException} and keeps its interrupt status,
 * while the operation runs to its end. Every method may throw {@link StorageClosedException},
 * {@link CorruptDataException} and {@link StorageException}; the further errors are named at each
 * method.
 */
public interface Storage extends AutoCloseable {

  /**
   * Writes a frame under the key in its metadata, whatever was there.
   *
   * @return the key
   */
  default StorageKey write(DataObject data) {
    return write(data, WriteOptions.defaults());
  }

  /**
   * Writes a frame under the key in its metadata, if the options allow it.
   *
   * @return the key
   * @throws CommitConflictException if the options do not hold
   */
  default StorageKey write(DataObject data, WriteOptions options) {
    return put(data, options).key();
  }

  /**
   * Writes like {@link #write(DataObject, WriteOptions)}, and tells the version that it made.
   *
   * @return the new version
   * @throws CommitConflictException if the options do not hold
   */
  Version put(DataObject data, WriteOptions options);

  /**
   * Replaces the frame of a key that exists.
   *
   * @return the key
   * @throws KeyNotFoundException if it does not exist
   * @throws InvalidDataException if the data belongs to another key
   */
  StorageKey update(StorageKey key, DataObject data);

  /**
   * Adds rows to the frame of a key, see {@link Transaction#append}. One atomic commit, tried again
   * where another writer was faster.
   *
   * @return the key
   * @throws InvalidDataException if the columns do not fit together
   */
  default StorageKey append(DataObject data) {
    return transaction(transaction -> transaction.append(data));
  }

  /**
   * Writes frames of several keys in one atomic commit: all of them or none.
   *
   * @return the keys, in the order of the frames
   * @throws InvalidDataException if two frames have the same key
   */
  default List<StorageKey> writeAll(Collection<DataObject> data) {
    DataObject.requireDistinct(data);
    return transaction(transaction -> data.stream().map(transaction::write).toList());
  }

  /** Writes frames of several keys each on its own, whatever was there. */
  default List<WriteOutcome> writeEach(Collection<DataObject> data) {
    return writeEach(data, WriteOptions.defaults());
  }

  /**
   * Writes frames of several keys each on its own, if the options allow it: some may fail, and the
   * others are written.
   *
   * @return one outcome per frame, in the order of the frames
   * @throws InvalidDataException if two frames have the same key
   */
  default List<WriteOutcome> writeEach(Collection<DataObject> data, WriteOptions options) {
    DataObject.requireDistinct(data);
    return data.stream()
        .map(
            frame -> {
              try {
                return WriteOutcome.of(frame.key(), put(frame, options), null);
              } catch (RuntimeException e) {
                return WriteOutcome.of(frame.key(), null, e);
              }
            })
        .toList();
  }

  /**
   * Reads the newest frame of a key.
   *
   * @return the frame and its metadata
   * @throws KeyNotFoundException if it does not exist
   */
  default DataObject read(StorageKey key) {
    return read(key, ReadOptions.defaults());
  }

  /** Reads the newest frame of a key in its text form, such as {@code equities/daily/AAPL}. */
  default DataObject read(String key) {
    return read(StorageKey.parse(key));
  }

  /**
   * Reads a part of a frame, or an older version of it.
   *
   * @return the columns and rows asked for
   * @throws KeyNotFoundException if the key does not exist at that point
   * @throws VersionExpiredException if retention has dropped the version
   * @throws InvalidDataException if a column is missing
   */
  DataObject read(StorageKey key, ReadOptions options);

  /**
   * Reads the frames of several keys, all as of one commit.
   *
   * @return one frame per key, in the order of the keys
   * @throws KeyNotFoundException if any does not exist
   */
  List<DataObject> readAll(Collection<StorageKey> keys);

  /**
   * Reads the frames of many keys one after another, see {@link #stream(Collection, ReadOptions)}.
   */
  default Stream<DataObject> stream(Collection<StorageKey> keys) {
    return stream(keys, ReadOptions.defaults());
  }

  /**
   * Reads the frames of many keys one after another, or parts of them: for more than fits into
   * memory at once. Each is read when the stream comes to it, in the order of the keys, and all as
   * of the commit that is the newest now, or as of the point in the options.
   *
   * @return throws what {@link #read(StorageKey, ReadOptions)} does, where it comes to it
   */
  default Stream<DataObject> stream(Collection<StorageKey> keys, ReadOptions options) {
    Snapshot snapshot;
    if (options.asOfSequence() != null) {
      snapshot = asOf(options.asOfSequence());
    } else {
      snapshot = options.asOfTime() != null ? asOf(options.asOfTime()) : snapshot();
    }
    return List.copyOf(keys).stream().map(key -> snapshot.read(key, options.withoutAsOf()));
  }

  /** Whether there is a frame under the key. */
  boolean exists(StorageKey key);

  /** Whether there is a frame under the key in its text form. */
  default boolean exists(String key) {
    return exists(StorageKey.parse(key));
  }

  /**
   * Deletes the frame of a key.
   *
   * @return whether there was one
   */
  boolean delete(StorageKey key);

  /** Deletes the frame of a key in its text form. */
  default boolean delete(String key) {
    return delete(StorageKey.parse(key));
  }

  /**
   * Deletes the frames of several keys in one atomic commit.
   *
   * @return the keys that had one, in the order they were given in, each once
   */
  default List<StorageKey> deleteAll(Collection<StorageKey> keys) {
    List<StorageKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
    return transaction(transaction -> distinct.stream().filter(transaction::delete).toList());
  }

  /** Lists all keys, in order. */
  default List<StorageKey> listKeys() {
    return listKeys("");
  }

  /**
   * Lists the keys under a prefix, in order.
   *
   * @param prefix whole leading parts of a key's text form, such as {@code equities} or {@code
   *     equities/daily}, with or without a slash at the end; where the last character is {@code *},
   *     the last part may go on
   */
  List<StorageKey> listKeys(String prefix);

  /**
   * Lists the versions of a key that are kept, newest first, deletions included.
   *
   * @return empty where the key never existed
   */
  List<Version> versions(StorageKey key);

  /** The store as it is now, over all keys. */
  default Snapshot snapshot() {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /**
   * The store as it was at a commit.
   *
   * @param sequence a {@link Version#sequence()}
   * @throws InvalidDataException if there is no such commit yet
   */
  default Snapshot asOf(long sequence) {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /** The store as it was at a time: after the newest commit that is not later. */
  default Snapshot asOf(Instant time) {
    throw new UnsupportedOperationException(getClass().getName() + " has no snapshots");
  }

  /**
   * Runs a transaction: commits what the callback has changed when it returns, rolls back when it
   * throws. Where another writer has changed what it read, it runs again, after a delay.
   *
   * @param <T> the type of the result
   * @return the callback's result
   * @throws CommitConflictException after the last attempt
   */
  default <T> T transaction(TransactionCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no transactions");
  }

  /** Begins a transaction that the caller commits or rolls back. It holds no lock meanwhile. */
  default Transaction begin() {
    throw new UnsupportedOperationException(getClass().getName() + " has no transactions");
  }

  /**
   * Runs a callback while nobody else can change the key, in this process or another: to guard a
   * read and the write that depends on it, or anything else of the caller's own. Reads by others go
   * on. The callback runs once, and changes the key through what it is given: the store's own
   * methods wait for the lock as everybody does.
   *
   * @param <T> the type of the result
   * @return the callback's result
   * @throws LockAcquisitionException if the lock could not be had in time, or if the callback
   *     changes its key through the store and the store cannot tell
   * @throws IllegalStateException if the callback changes its key through the store, or locks it
   *     again, and the store can tell
   */
  default <T> T withLock(StorageKey key, LockCallback<T> work) {
    throw new UnsupportedOperationException(getClass().getName() + " has no locks");
  }

  /**
   * Makes an older version of a key its newest, as a commit of its own.
   *
   * @param sequence a {@link Version#sequence()} of the key
   * @return the new version
   * @throws KeyNotFoundException if the key did not exist then
   * @throws VersionExpiredException if retention has dropped the version
   */
  default Version restore(StorageKey key, long sequence) {
    return put(asOf(sequence).read(key), WriteOptions.defaults());
  }

  /**
   * The non-blocking twin of this store. Closing it closes this store.
   *
   * @param executor runs each operation, unless this store is itself the twin of a non-blocking one
   */
  default AsyncStorage async(Executor executor) {
    return AsyncStorage.of(this, executor);
  }

  /** Stops accepting operations, waits for those that have begun, and releases all resources. */
  @Override
  void close();
}
