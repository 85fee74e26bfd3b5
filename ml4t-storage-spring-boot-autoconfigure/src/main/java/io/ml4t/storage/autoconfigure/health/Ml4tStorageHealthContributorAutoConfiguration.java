package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the store's health, {@code ml4tStorage} in Actuator. */
@AutoConfiguration(after = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass({
  FileSystemStorage.class,
  HealthContributor.class,
  ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnBean(FileSystemStorage.class)
@ConditionalOnEnabledHealthIndicator("ml4tstorage")
public final class Ml4tStorageHealthContributorAutoConfiguration
    extends CompositeHealthContributorConfiguration<
        FileSystemStorageHealthIndicator, FileSystemStorage> {

  Ml4tStorageHealthContributorAutoConfiguration() {
    super(FileSystemStorageHealthIndicator::new);
  }

  @Bean
  @ConditionalOnMissingBean(name = {"ml4tStorageHealthIndicator", "ml4tStorageHealthContributor"})
  HealthContributor ml4tStorageHealthContributor(ConfigurableListableBeanFactory beanFactory) {
    return createContributor(beanFactory, FileSystemStorage.class);
  }
}
