package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of the commit log: what changed, all at once.
 *
 * @param sequence its place in the log
 * @param time in microseconds since the epoch, later than that of the record before
 * @param changes at most one per key
 */
record CommitRecord(long sequence, long time, List<Change> changes) {

  /**
   * What happened to one key.
   *
   * @param key the key
   * @param frame the new frame, null where the key was deleted
   */
  record Change(StorageKey key, Entry.@Nullable Frame frame) {}

  /** What became of the only key that it changed. */
  Version version() {
    Change change = changes.get(0);
    return Entry.of(this, change).toVersion(change.key());
  }
}
