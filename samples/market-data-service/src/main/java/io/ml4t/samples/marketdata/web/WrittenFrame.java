package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.Version;

/**
 * What a write made.
 *
 * @param key the key's text form
 * @param version the number of the commit, which is also the ETag
 * @param rows the number of rows
 */
record WrittenFrame(String key, long version, long rows) {

  static WrittenFrame of(Version version) {
    return new WrittenFrame(version.key().toString(), version.sequence(), version.rows());
  }
}
