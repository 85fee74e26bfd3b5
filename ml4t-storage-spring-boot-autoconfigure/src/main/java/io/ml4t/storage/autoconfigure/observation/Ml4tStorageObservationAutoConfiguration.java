package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageListenerFactory;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the store's observations. Metrics and tracing make timers and spans of
 * them; {@code management.observations.enable.ml4t.storage=false} switches them off.
 */
@AutoConfiguration(
    after = Ml4tStorageAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({FileSystemStorage.class, ObservationRegistry.class})
@ConditionalOnBean(FileSystemStorage.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class Ml4tStorageObservationAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ml4tStorageObservations")
  StorageListenerFactory ml4tStorageObservations(
      ObservationRegistry registry, ObjectProvider<StorageObservationConvention> conventions) {
    StorageObservationConvention convention = conventions.getIfAvailable();
    return store -> new StorageObservationListener(store, registry, convention);
  }
}
