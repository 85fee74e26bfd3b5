package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of store operations. A bean of this type takes the place of {@link
 * DefaultStorageObservationConvention}.
 */
public interface StorageObservationConvention
    extends ObservationConvention<StorageObservationContext> {

  @Override
  default boolean supportsContext(Observation.Context context) {
    return context instanceof StorageObservationContext;
  }
}
