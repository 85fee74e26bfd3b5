package io.ml4t.samples.marketdata;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.frame.DataFrame;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Frames with the metadata that they are stored with. */
public final class FrameObjects {
  private FrameObjects() {}

  /**
   * A frame to store.
   *
   * @param provider where the data comes from
   * @throws io.ml4t.storage.InvalidDataException if the frame is not one of bars
   */
  public static DataObject of(StorageKey key, String provider, DataFrame frame) {
    return new DataObject(
        frame,
        Metadata.builder(key.assetClass(), key.frequency(), key.symbol())
            .provider(provider)
            .lastUpdated(Instant.now().truncatedTo(ChronoUnit.MICROS))
            .build());
  }
}
