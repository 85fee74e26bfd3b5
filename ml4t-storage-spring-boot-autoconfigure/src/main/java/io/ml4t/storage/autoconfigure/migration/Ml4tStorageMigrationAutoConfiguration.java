package io.ml4t.storage.autoconfigure.migration;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Auto-configuration of the list of migrations, and of one at the start where it is asked for. */
@AutoConfiguration(after = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass(FileSystemStorage.class)
@ConditionalOnBean(AsyncStorage.class)
public final class Ml4tStorageMigrationAutoConfiguration {

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  StorageMigrations ml4tStorageMigrations() {
    return new StorageMigrations();
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("ml4t.storage.migration.from")
  @EnableConfigurationProperties(MigrationProperties.class)
  static final class AtStart {

    @Bean
    @ConditionalOnMissingBean(name = "ml4tStorageStartupMigration")
    StartupMigration ml4tStorageStartupMigration(
        MigrationProperties properties,
        ObjectProvider<AsyncStorage> stores,
        StorageMigrations migrations) {
      AsyncStorage target = stores.getIfUnique();
      if (target == null) { // Without an error nobody would see that nothing is migrated.
        throw new StorageConfigurationException(
            "ml4t.storage.migration.from",
            properties.from(),
            "there are several stores, and none is primary",
            "name the one to migrate into with ml4t.storage.primary, or make its bean @Primary");
      }
      return new StartupMigration(properties, target, migrations);
    }
  }
}
