package io.ml4t.storage.autoconfigure;

import io.github.resilience4j.retry.RetryRegistry;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
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
  @ConditionalOnMissingBean(AsyncStorage.class)
  FileSystemStorage ml4tAsyncStorage(
      Ml4tStorageProperties properties,
      ObjectProvider<RetryRegistry> retryRegistry,
      ObjectProvider<FileSystemStorageBuilderCustomizer> customizers) {
    Ml4tStorageProperties.Retry retry = properties.retry();
    FileSystemStorageBuilder builder =
        FileSystemStorage.builder(Path.of(properties.dataRoot()))
            .lockTimeout(properties.lockTimeout())
            .retry(retry.maxAttempts(), retry.baseDelay(), retry.maxDelay())
            .durability(properties.durability())
            .compression(properties.compression())
            .compressionLevel(properties.compressionLevel())
            .keepVersions(properties.versions().keep())
            .minVersionAge(properties.versions().minAge())
            .plainView(properties.plainView().mode())
            .publish(properties.plainView().publish());
    retryRegistry.ifUnique(builder::retryRegistry);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  /** Closing it would close the store, which Spring does as the store's own bean. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  @ConditionalOnSingleCandidate(AsyncStorage.class)
  Storage ml4tBlockingStorage(AsyncStorage storage) {
    return storage.blocking();
  }
}
