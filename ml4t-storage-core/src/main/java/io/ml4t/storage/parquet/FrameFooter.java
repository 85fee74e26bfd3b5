package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.ColumnType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file's footer tells of it.
 *
 * @param rows the number of rows
 * @param columns the names and types of the columns, in order
 * @param keyValues the key/value metadata
 */
public record FrameFooter(
    long rows, Map<String, ColumnType> columns, Map<String, String> keyValues) {
  /** Copies the maps and keeps their order. */
  public FrameFooter {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    keyValues = Collections.unmodifiableMap(new LinkedHashMap<>(keyValues));
  }
}
