package io.ml4t.storage.directory;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** How a directory keeps its frames. */
interface Layout {
  /**
   * What can be told of a frame without reading it.
   *
   * @param version when it was last changed, in microseconds since the epoch
   * @param bytes the size of its files
   */
  record Stamp(long version, long bytes) {
    /** What {@link WriteOptions#ifVersion} is held against. */
    static long versionOf(@Nullable Stamp stamp) {
      return stamp == null ? WriteOptions.ABSENT : stamp.version;
    }
  }

  /** What must hold for a change, decided with the key locked. */
  interface Condition {
    void check(long version);
  }

  /** The state of a key, null where there is none. */
  @Nullable Stamp stamp(StorageKey key) throws IOException;

  /** The number of rows of a frame, by its footers alone; 0 where there is no such key. */
  long rows(StorageKey key) throws IOException;

  /**
   * Reads a frame.
   *
   * @param columns those to read, empty for all
   * @return null where there is no such key
   */
  @Nullable DataObject read(StorageKey key, List<String> columns) throws IOException;

  /** The keys, and by name what cannot be used as one. */
  record Listing(SortedSet<StorageKey> keys, Map<String, StorageException> unusable) {}

  /** All that there is. */
  Listing list() throws IOException;

  /** Replaces a frame, if the condition holds. */
  default Stamp put(DataObject data, Condition condition) throws IOException {
    throw readOnly("write", data.key());
  }

  /** Adds rows to a frame. */
  default void append(DataObject data) throws IOException {
    throw readOnly("append to", data.key());
  }

  /** Deletes a frame, and tells whether there was one. */
  default boolean delete(StorageKey key) throws IOException {
    throw readOnly("delete", key);
  }

  private static InvalidDataException readOnly(String verb, StorageKey key) {
    return new InvalidDataException(
        "Cannot %s %s: the directory is read only; migrate it, and write to the copy"
            .formatted(verb, key));
  }
}
