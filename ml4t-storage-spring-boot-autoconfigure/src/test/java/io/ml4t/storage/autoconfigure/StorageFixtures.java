package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.DataFrame;
import java.time.Instant;

/** Data to store. */
public final class StorageFixtures {
  private StorageFixtures() {}

  /** One bar under {@code equities/daily/} and the symbol. */
  public static DataObject bar(String symbol) {
    DataFrame frame =
        DataFrame.builder()
            .timestamps("timestamp", Instant.parse("2024-01-02T00:00:00Z"))
            .doubles("open", 100)
            .doubles("high", 105)
            .doubles("low", 99)
            .doubles("close", 104)
            .longs("volume", 1_000_000)
            .build();
    return new DataObject(frame, Metadata.builder("equities", "daily", symbol).build());
  }
}
