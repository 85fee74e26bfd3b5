package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the store's health: {@code ml4tStorage} and {@code ml4tStorageLocks} in
 * Actuator. With several stores each is a group that has them by their names.
 */
@AutoConfiguration(after = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass({
  FileSystemStorage.class,
  HealthContributor.class,
  ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnBean(FileSystemStorage.class)
@EnableConfigurationProperties({StorageHealthProperties.class, LocksHealthProperties.class})
public final class Ml4tStorageHealthContributorAutoConfiguration {

  @Bean
  @ConditionalOnEnabledHealthIndicator("ml4tstorage")
  @ConditionalOnMissingBean(name = {"ml4tStorageHealthIndicator", "ml4tStorageHealthContributor"})
  HealthContributor ml4tStorageHealthContributor(
      ListableBeanFactory beans, StorageHealthProperties properties) {
    return contributor(beans, store -> new FileSystemStorageHealthIndicator(store, properties));
  }

  @Bean
  @ConditionalOnEnabledHealthIndicator("ml4tstoragelocks")
  @ConditionalOnMissingBean(
      name = {"ml4tStorageLocksHealthIndicator", "ml4tStorageLocksHealthContributor"})
  HealthContributor ml4tStorageLocksHealthContributor(
      ListableBeanFactory beans, LocksHealthProperties properties) {
    return contributor(
        beans, store -> new LocksHealthIndicator(store, properties, Clock.systemUTC()));
  }

  private static HealthContributor contributor(
      ListableBeanFactory beans, Function<FileSystemStorage, HealthContributor> indicator) {
    Map<String, HealthContributor> stores = new LinkedHashMap<>();
    StoreNames.storesOf(beans).forEach((name, store) -> stores.put(name, indicator.apply(store)));
    return stores.size() == 1
        ? stores.values().iterator().next()
        : CompositeHealthContributor.fromMap(stores);
  }
}
