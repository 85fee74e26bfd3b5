package io.ml4t.storage.autoconfigure.event;

import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StoreNames;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of commits as application events, where the application asks for them. */
@AutoConfiguration(after = Ml4tStorageAutoConfiguration.class)
@ConditionalOnClass(FileSystemStorage.class)
@ConditionalOnBean(FileSystemStorage.class)
@ConditionalOnBooleanProperty("ml4t.storage.events.commits")
public final class Ml4tStorageEventAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ml4tStorageCommitEvents")
  CommitEventPublisher ml4tStorageCommitEvents(
      ListableBeanFactory beans, ApplicationEventPublisher events) {
    return new CommitEventPublisher(StoreNames.storesOf(beans), events);
  }
}
