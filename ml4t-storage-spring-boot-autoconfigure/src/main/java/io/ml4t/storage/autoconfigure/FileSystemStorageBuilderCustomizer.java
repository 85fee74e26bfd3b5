package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.filesystem.FileSystemStorageBuilder;

/**
 * Changes the builder of the auto-configured store, after the properties were applied to it. Beans
 * of this type are called in their order.
 */
@FunctionalInterface
public interface FileSystemStorageBuilderCustomizer {

  /** Changes the builder. */
  void customize(FileSystemStorageBuilder builder);
}
