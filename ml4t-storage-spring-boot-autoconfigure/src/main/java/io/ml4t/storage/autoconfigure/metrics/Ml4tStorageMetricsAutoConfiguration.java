package io.ml4t.storage.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageListenerFactory;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration of the store's meters, {@code ml4t.storage.*}. */
@AutoConfiguration(
    after = Ml4tStorageAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass({FileSystemStorage.class, MeterRegistry.class})
@ConditionalOnBean(FileSystemStorage.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class Ml4tStorageMetricsAutoConfiguration {

  /**
   * Not lazy, for it takes the registry along: one that is made only when a store asks for its
   * meters looks for stores to gauge while that store is in creation, and does not find it.
   */
  @Bean
  @Lazy(false)
  @ConditionalOnMissingBean(name = "ml4tStorageMeters")
  StorageListenerFactory ml4tStorageMeters(MeterRegistry registry) {
    return store -> new StorageMeters(registry, store);
  }

  @Bean
  @ConditionalOnMissingBean(name = "ml4tStorageGauges")
  StorageGauges ml4tStorageGauges(ListableBeanFactory beans) {
    return new StorageGauges(beans);
  }
}
