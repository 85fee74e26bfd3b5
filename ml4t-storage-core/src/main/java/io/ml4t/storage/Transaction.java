package io.ml4t.storage;

import java.util.List;

/**
 * Reads and changes that are committed all at once or not at all, as if no other transaction ran at
 * the same time (serializable).
 *
 * <p>Reads see the store as it was when the transaction began, plus the transaction's own changes.
 * Nothing is changed before {@link #commit()}; closing an uncommitted transaction rolls it back. At
 * the commit everything that was read is checked: where another writer has changed any of it, the
 * commit fails with {@link CommitConflictException} and touches nothing.
 *
 * <p>Not thread-safe. Use after the end fails with {@link IllegalStateException}.
 */
public interface Transaction extends AutoCloseable {

  /** The commit that the transaction's reads see. */
  long sequence();

  /**
   * Reads the frame of a key.
   *
   * @throws KeyNotFoundException if it does not exist
   */
  DataObject read(StorageKey key);

  /** Whether there is a frame under the key. */
  boolean exists(StorageKey key);

  /** Lists the keys under a prefix, see {@link Storage#listKeys(String)}. */
  List<StorageKey> listKeys(String prefix);

  /** Writes a frame under the key in its metadata, whatever is there. */
  StorageKey write(DataObject data);

  /**
   * Replaces the frame of a key that exists.
   *
   * @throws KeyNotFoundException if it does not exist
   * @throws InvalidDataException if the data belongs to another key
   */
  StorageKey update(StorageKey key, DataObject data);

  /**
   * Adds rows to the frame of a key: where both have a timestamp the new row wins, and the result
   * is in order. A key that does not exist is written.
   *
   * @throws InvalidDataException if the columns do not fit together
   */
  StorageKey append(DataObject data);

  /**
   * Deletes the frame of a key.
   *
   * @return whether there was one
   */
  boolean delete(StorageKey key);

  /**
   * Commits all changes and ends the transaction. One that has changed nothing commits without a
   * check: its reads were of one commit already.
   *
   * @return the number of the commit
   * @throws CommitConflictException if another writer has changed what was read; nothing was
   *     changed
   */
  long commit();

  /** Forgets all changes and ends the transaction. */
  void rollback();

  /** Rolls back, unless the transaction has ended. */
  @Override
  void close();
}
