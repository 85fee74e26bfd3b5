package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is ready to be committed.
 *
 * @param key the key
 * @param frame the new frame, null to delete the key
 * @param bytes the frame's bytes where they travel inside the record, and for a frame that is an
 *     object already, so that it can be written again; then a part may keep its content only until
 *     the next is asked for
 */
record StagedChange(StorageKey key, Entry.@Nullable Frame frame, Iterable<ByteBuffer> bytes) {

  static StagedChange delete(StorageKey key) {
    return new StagedChange(key, null, List.of());
  }

  /** Whether the bytes travel inside the record. */
  boolean isInline() {
    return frame != null && !frame.location().isObject();
  }

  /** The size of the new frame as a Parquet file. */
  long frameBytes() {
    return frame == null ? 0 : frame.location().length();
  }

  /** What the change adds to a record, in bytes. */
  long inlineBytes() {
    return isInline() ? frameBytes() : 0;
  }
}
