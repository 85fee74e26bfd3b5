package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.DataFrame;
import java.util.Map;

/**
 * What a file holds.
 *
 * @param data the columns that were asked for
 * @param keyValues the key/value metadata of the footer
 */
public record DecodedFrame(DataFrame data, Map<String, String> keyValues) {
  /** Copies the map. */
  public DecodedFrame {
    keyValues = Map.copyOf(keyValues);
  }
}
