package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.autoconfigure.migration.StorageMigrations;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoint {@code ml4tstorage}. */
@AutoConfiguration(after = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass({FileSystemStorage.class, Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(FileSystemStorage.class)
@ConditionalOnAvailableEndpoint(Ml4tStorageEndpoint.class)
@EnableConfigurationProperties(StorageEndpointProperties.class)
public final class Ml4tStorageEndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ml4tStorageEndpoint")
  Ml4tStorageEndpoint ml4tStorageEndpoint(
      ListableBeanFactory beans,
      StorageEndpointProperties properties,
      ObjectProvider<SanitizingFunction> sanitizing,
      ObjectProvider<StorageMigrations> migrations) {
    MetadataView metadata =
        new MetadataView(
            new Sanitizer(sanitizing.orderedStream().toList()), properties.showValues());
    return new Ml4tStorageEndpoint(
        () -> StoreNames.storesOf(beans),
        List.of(
            new LocksSection(),
            new CommitsSection(),
            new KeysSection(metadata),
            new MigrationsSection(migrations.getIfUnique(StorageMigrations::new))));
  }
}
