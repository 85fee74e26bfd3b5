package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a read found.
 *
 * @param key the key's text form
 * @param version the number of the commit, which is also the ETag
 * @param rows the number of rows
 * @param metadata the metadata's JSON members
 * @param data the rows; as JSON, one object per row
 */
record StoredFrame(
    String key, long version, int rows, Map<String, @Nullable Object> metadata, DataFrame data) {

  static StoredFrame of(DataObject object, long version) {
    return new StoredFrame(
        object.key().toString(),
        version,
        object.data().rowCount(),
        object.metadata().fields(),
        object.data());
  }
}
