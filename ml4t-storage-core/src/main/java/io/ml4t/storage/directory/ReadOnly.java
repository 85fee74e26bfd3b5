package io.ml4t.storage.directory;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layout that can be looked at only. */
record ReadOnly(Layout layout) implements Layout {
  @Override
  public @Nullable Stamp stamp(StorageKey key) throws IOException {
    return layout.stamp(key);
  }

  @Override
  public long rows(StorageKey key) throws IOException {
    return layout.rows(key);
  }

  @Override
  public @Nullable DataObject read(StorageKey key, List<String> columns) throws IOException {
    return layout.read(key, columns);
  }

  @Override
  public Listing list() throws IOException {
    return layout.list();
  }
}
