package io.ml4t.storage.filesystem;

import io.ml4t.storage.Metadata;
import io.ml4t.storage.Version;
import io.ml4t.storage.frame.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is stored under a key, without its rows.
 *
 * @param columns the names and types of the newest version's columns, in order
 * @param metadata the newest version's metadata
 * @param versions the kept versions, newest first
 */
public record KeyDescription(
    Map<String, ColumnType> columns, Metadata metadata, List<Version> versions) {
  /** Copies the collections and keeps their order. */
  public KeyDescription {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    versions = List.copyOf(versions);
  }
}
