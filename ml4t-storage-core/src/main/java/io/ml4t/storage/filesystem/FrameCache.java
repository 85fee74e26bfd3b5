package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.StringColumn;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small frames that were read last, decoded. A stored frame never changes, and neither does
 * what is read from it, so nothing here is ever out of date, and all readers share it.
 */
final class FrameCache {
  /** A frame larger than this share of the cache would drive out too many others. */
  private static final int MAX_SHARE = 16;

  /** A frame's objects beside its values: metadata, columns, map entries; about. */
  private static final int OVERHEAD = 4096;

  /** A string's objects beside its characters. */
  private static final int STRING_OVERHEAD = 48;

  private record Kept(DataObject data, long bytes) {}

  private final long maxBytes;
  private final Map<FrameLocation, Kept> frames = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;

  /**
   * @param maxBytes on the heap, about; 0 keeps nothing
   */
  FrameCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized @Nullable DataObject get(FrameLocation location) {
    Kept kept = frames.get(location);
    if (kept == null) {
      misses++;
      return null;
    }
    hits++;
    return kept.data;
  }

  synchronized StorageStatus.ReadCache status() {
    return new StorageStatus.ReadCache(hits, misses, evictions, frames.size(), bytes);
  }

  void put(FrameLocation location, DataObject data) {
    long most = maxBytes / MAX_SHARE;
    if (location.length() <= most) {
      long size = OVERHEAD + heapBytes(data.data());
      if (size <= most) {
        put(location, new Kept(data, size));
      }
    }
  }

  private synchronized void put(FrameLocation location, Kept kept) {
    Kept before = frames.put(location, kept);
    bytes += kept.bytes - (before == null ? 0 : before.bytes);
    for (Iterator<Kept> eldest = frames.values().iterator(); bytes > maxBytes; eldest.remove()) {
      bytes -= eldest.next().bytes;
      evictions++;
    }
  }

  private static long heapBytes(DataFrame frame) {
    long bytes = 0;
    for (String name : frame.columnNames()) {
      Column column = frame.column(name);
      bytes += 8L * frame.rowCount();
      if (column.type() == ColumnType.STRING) {
        for (String text : ((StringColumn) column).unsafeArray()) {
          bytes += text == null ? 0 : STRING_OVERHEAD + text.length();
        }
      }
    }
    return bytes;
  }
}
