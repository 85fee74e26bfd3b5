package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration of several stores, where {@code ml4t.storage.stores.*} names any. They take
 * the place of the one that {@link Ml4tStorageAutoConfiguration} makes; an application's own bean
 * of type {@link AsyncStorage} takes the place of all.
 */
@AutoConfiguration(before = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass(FileSystemStorage.class)
@ConditionalOnBooleanProperty(name = "ml4t.storage.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(AsyncStorage.class)
@Conditional(Ml4tStoresAutoConfiguration.OnStores.class)
@Import(StoresRegistrar.class)
public final class Ml4tStoresAutoConfiguration {

  @Bean
  StorageFactory ml4tStorageFactory(BeanFactory beans) {
    return new StorageFactory(beans);
  }

  /** Matches where a store has a name, whatever its properties are. */
  static final class OnStores extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      boolean named =
          Binder.get(context.getEnvironment())
              .bind(StoresProperties.PREFIX, Bindable.mapOf(String.class, Object.class))
              .isBound();
      return new ConditionOutcome(
          named,
          ConditionMessage.of(StoresProperties.PREFIX + (named ? " is set" : " is not set")));
    }
  }
}
