package io.ml4t.storage.migration;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking store may implement beside {@code Storage} to be migrated better: it tells a
 * key's state without reading its frame, and names what it has but cannot offer as a key.
 */
public interface MigrationSource {
  /**
   * The state of a key.
   *
   * @param version another one whenever the frame or its metadata is another, never negative
   * @param rows the number of rows
   * @param bytes the size of what has to be read
   */
  record State(long version, long rows, long bytes) {}

  /** The state of a key, null where there is none. Cheap. */
  @Nullable State state(StorageKey key);

  /**
   * What lies under the prefix but cannot be a key, by name, such as a file whose name is no
   * symbol.
   *
   * @param prefix as {@code Storage.listKeys} takes it
   */
  Map<String, StorageException> unusable(String prefix);
}
