package io.ml4t.storage;

/**
 * A key that nobody else can change meanwhile, in this process or another: the holder's way to read
 * and change it. Each change is a commit of its own, at once. Other keys are changed through the
 * store.
 *
 * <p>Use after the callback has ended fails with {@link IllegalStateException}.
 */
public interface LockedKey {

  /** The key. */
  StorageKey key();

  /** Whether there is a frame under the key. */
  boolean exists();

  /**
   * Reads the newest frame of the key.
   *
   * @throws KeyNotFoundException if it does not exist
   */
  DataObject read();

  /**
   * Writes a frame, whatever was there.
   *
   * @return the new version
   * @throws InvalidDataException if the data belongs to another key
   */
  Version write(DataObject data);

  /**
   * Adds rows to the frame, see {@link Transaction#append}.
   *
   * @return the new version
   * @throws InvalidDataException if the data belongs to another key, or the columns do not fit
   *     together
   */
  Version append(DataObject data);

  /**
   * Deletes the frame.
   *
   * @return whether there was one
   */
  boolean delete();
}
