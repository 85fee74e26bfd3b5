package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the store: one {@link AsyncStorage} and its blocking twin, a {@link
 * Storage}. An application's own bean of either type takes the place of the one made here.
 *
 * <p>The store closes once, when its bean is destroyed: after the web server has answered its last
 * request and after the beans that depend on the store. It is no {@code Lifecycle}, for a context
 * that is stopped or paused may start again, and a closed store may not.
 */
@AutoConfiguration
@ConditionalOnClass(FileSystemStorage.class)
@ConditionalOnBooleanProperty(name = "ml4t.storage.enabled", matchIfMissing = true)
@EnableConfigurationProperties(Ml4tStorageProperties.class)
public final class Ml4tStorageAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ml4tStoragePathsAsText")
  static ConfigurationPropertiesBindHandlerAdvisor ml4tStoragePathsAsText() {
    return PathsAsText::new;
  }

  @Bean
  @ConditionalOnMissingBean(AsyncStorage.class)
  FileSystemStorage ml4tAsyncStorage(Ml4tStorageProperties properties, BeanFactory beans) {
    return new StorageFactory(beans).open(StoreNames.DEFAULT, "ml4t.storage", properties);
  }

  /** Closing it would close the store, which Spring does as the store's own bean. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(AsyncStorage.class)
  Storage ml4tBlockingStorage(AsyncStorage storage) {
    return storage.blocking();
  }
}
