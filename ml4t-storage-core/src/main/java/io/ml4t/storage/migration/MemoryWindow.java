package io.ml4t.storage.migration;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.StringColumn;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes of the frames that are under way. What a frame will take is estimated from its
 * rows and the widest row seen so far; once it is read, it is known. A frame that was
 * underestimated keeps the next ones out until it is done; one that is larger than the whole window
 * goes alone.
 */
final class MemoryWindow {
  /** A row of a timestamp, five prices and volumes, and two more columns. */
  private static final long FIRST_ROW = 64;

  /** What a string takes beside its characters, and the place in its column. */
  private static final long STRING = 56;

  /** What a key takes whatever its frame. */
  private static final long KEY = 4_096;

  private final long limit;
  private final int copies;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long used;
  private double bytesPerRow = FIRST_ROW;

  /**
   * A window.
   *
   * @param copies how many frames of one key are in memory at once: one, or two to compare
   */
  MemoryWindow(long limit, int copies) {
    this.limit = limit;
    this.copies = copies;
  }

  /** The place of one key, until it is closed. */
  final class Place implements AutoCloseable {
    private final long fileBytes;
    private long bytes;

    private Place(long fileBytes, long bytes) {
      this.fileBytes = fileBytes;
      this.bytes = bytes;
    }

    /** Takes what the frame really needs. */
    void fit(DataObject data) {
      long frame = size(data.data());
      int rows = data.data().rowCount();
      long actual = cost(fileBytes, frame);
      change(actual - bytes, rows == 0 ? 0 : (double) frame / rows);
      bytes = actual;
    }

    @Override
    public void close() {
      change(-bytes, 0);
    }
  }

  /**
   * Waits for a place.
   *
   * @param state what is known of the key; null where it takes the whole window to be safe
   */
  Place enter(MigrationSource.@Nullable State state) {
    long fileBytes = state == null ? 0 : state.bytes();
    lock.lock();
    try {
      long bytes = estimate(state);
      while (used > 0 && used + bytes > limit) {
        changed.awaitUninterruptibly();
        bytes = estimate(state);
      }
      used += bytes;
      return new Place(fileBytes, bytes);
    } finally {
      lock.unlock();
    }
  }

  private long estimate(MigrationSource.@Nullable State state) {
    return state == null
        ? limit
        : Math.min(limit, cost(state.bytes(), (long) (state.rows() * bytesPerRow)));
  }

  private void change(long bytes, double rowBytes) {
    lock.lock();
    try {
      used += bytes;
      bytesPerRow = Math.max(bytesPerRow, rowBytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A file as read and as written, its frame, and what is compared with it. */
  private long cost(long fileBytes, long frameBytes) {
    return KEY + 2 * fileBytes + copies * frameBytes;
  }

  /** About how many bytes a frame takes. */
  static long size(DataFrame frame) {
    long bytes = 0;
    for (String name : frame.columnNames()) {
      bytes += size(frame.column(name));
    }
    return bytes;
  }

  private static long size(Column column) {
    long rows = column.size();
    return switch (column.type()) {
      case TIMESTAMP, DOUBLE, LONG -> 8 * rows;
      case FLOAT, INT, DATE -> 4 * rows;
      case BOOLEAN -> rows;
      case STRING -> size((StringColumn) column);
    };
  }

  private static long size(StringColumn column) {
    long bytes = 0;
    for (String value : column.unsafeArray()) {
      bytes += 8 + (value == null ? 0 : STRING + value.length());
    }
    return bytes;
  }
}
