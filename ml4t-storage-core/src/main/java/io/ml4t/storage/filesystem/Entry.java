package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One committed state of a key, as the index holds it.
 *
 * @param sequence the commit
 * @param time of the commit, in microseconds since the epoch
 * @param until the commit that replaced it, {@link #NEWEST} where none has
 * @param frame where the frame is, null where the commit deleted the key
 */
record Entry(long sequence, long time, long until, @Nullable Frame frame) {
  /** No commit has replaced the version. */
  static final long NEWEST = Long.MAX_VALUE;

  static Entry of(CommitRecord commit, CommitRecord.Change change) {
    return new Entry(commit.sequence(), commit.time(), NEWEST, change.frame());
  }

  Entry replacedBy(Entry next) {
    return new Entry(sequence, time, next.sequence, frame);
  }

  /** As it was before anything replaced it. */
  Entry asNewest() {
    return until == NEWEST ? this : new Entry(sequence, time, NEWEST, frame);
  }

  Entry withFrame(@Nullable Frame other) {
    return new Entry(sequence, time, until, other);
  }

  /** Whether it was the newest version at some commit that is asked for. */
  boolean isNewestAt(long commit) {
    return sequence <= commit && commit < until;
  }

  /**
   * A stored frame.
   *
   * @param location where its bytes are
   * @param rows the number of rows
   * @param first the least timestamp, null where there are no rows
   * @param last the greatest timestamp, null where there are no rows
   * @param modified the time, in nanoseconds since the epoch, that marks its plain file: a plain
   *     file with this time and the size of this frame shows this frame
   * @param foreignSize the size of the foreign file that was adopted as this frame, else -1
   */
  record Frame(
      FrameLocation location,
      long rows,
      @Nullable Instant first,
      @Nullable Instant last,
      long modified,
      long foreignSize) {

    Frame at(FrameLocation other) {
      return new Frame(other, rows, first, last, modified, foreignSize);
    }

    /** Whether the plain file is this frame, as published or as adopted. */
    boolean isShownBy(StoreFiles.Stat plain) {
      return plain.modified() == modified
          && (plain.size() == location.length() || plain.size() == foreignSize);
    }
  }

  boolean isDeleted() {
    return frame == null;
  }

  Version toVersion(StorageKey key) {
    Instant committed = Times.instant(time);
    return frame == null
        ? new Version(key, sequence, committed, true, 0, 0, null, null)
        : new Version(
            key,
            sequence,
            committed,
            false,
            frame.rows,
            frame.location.length(),
            frame.first,
            frame.last);
  }
}
