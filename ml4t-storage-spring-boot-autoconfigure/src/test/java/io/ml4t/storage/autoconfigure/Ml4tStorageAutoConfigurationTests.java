package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.resilience4j.retry.RetryRegistry;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class Ml4tStorageAutoConfigurationTests {
  @TempDir Path folder;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(AutoConfigurations.of(Ml4tStorageAutoConfiguration.class))
            .withPropertyValues("ml4t.storage.data-root=" + folder.resolve("root"));
  }

  @Test
  void aStoreIsOpenedInTheDataRoot() {
    contexts.run(
        context -> {
          FileSystemStorage storage = context.getBean(FileSystemStorage.class);
          assertThat(context.getBean(AsyncStorage.class)).isSameAs(storage);
          assertThat(storage.status().root()).isEqualTo(folder.resolve("root"));
          assertThat(folder.resolve("root")).isDirectory();
        });
  }

  @Test
  void theBlockingTwinReadsWhatTheStoreWrote() {
    contexts.run(
        context -> {
          var key = context.getBean(AsyncStorage.class).write(StorageFixtures.bar("AAPL")).join();
          assertThat(context.getBean(Storage.class).read(key))
              .isEqualTo(StorageFixtures.bar("AAPL"));
        });
  }

  @Test
  void dataOutlivesTheContext() {
    contexts.run(context -> context.getBean(Storage.class).write(StorageFixtures.bar("AAPL")));
    contexts.run(
        context ->
            assertThat(context.getBean(Storage.class).read("equities/daily/AAPL"))
                .isEqualTo(StorageFixtures.bar("AAPL")));
  }

  @Test
  void aStoreOfTheUserWinsAndGetsABlockingTwin() {
    AsyncStorage own = mock(AsyncStorage.class);
    Storage twin = mock(Storage.class);
    when(own.blocking()).thenReturn(twin);
    contexts
        .withBean("own", AsyncStorage.class, () -> own)
        .run(
            context -> {
              assertThat(context.getBean(AsyncStorage.class)).isSameAs(own);
              assertThat(context.getBean(Storage.class)).isSameAs(twin);
              assertThat(context).doesNotHaveBean(FileSystemStorage.class);
              assertThat(folder.resolve("root")).doesNotExist();
            });
  }

  @Test
  void aBlockingStoreOfTheUserWins() {
    Storage own = mock(Storage.class);
    contexts
        .withBean("own", Storage.class, () -> own)
        .run(
            context -> {
              assertThat(context.getBean(Storage.class)).isSameAs(own);
              assertThat(context).hasSingleBean(FileSystemStorage.class);
            });
  }

  @Test
  void twoStoresOfTheUserGetNoBlockingTwinUnlessOneIsPrimary() {
    contexts
        .withBean("one", AsyncStorage.class, () -> mock(AsyncStorage.class))
        .withBean("two", AsyncStorage.class, () -> mock(AsyncStorage.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Storage.class));
  }

  @Test
  void nothingIsConfiguredWhenSwitchedOff() {
    contexts
        .withPropertyValues("ml4t.storage.enabled=false")
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(AsyncStorage.class);
              assertThat(context).doesNotHaveBean(Storage.class);
              assertThat(context).doesNotHaveBean(Ml4tStorageProperties.class);
            });
  }

  @Test
  void nothingIsConfiguredWithoutTheStoreOnTheClassPath() {
    contexts
        .withClassLoader(new FilteredClassLoader(FileSystemStorage.class))
        .run(context -> assertThat(context).doesNotHaveBean("ml4tAsyncStorage"));
  }

  @Test
  void onlyTheTwoStoresAndTheirPropertiesBecomeBeans() {
    Set<String> without = new TreeSet<>();
    contexts
        .withPropertyValues("ml4t.storage.enabled=false")
        .run(context -> without.addAll(Set.of(context.getBeanDefinitionNames())));
    contexts.run(
        context -> {
          Set<String> added = new TreeSet<>(Set.of(context.getBeanDefinitionNames()));
          added.removeAll(without);
          added.removeIf(name -> name.startsWith("org.springframework.boot."));
          assertThat(added)
              .containsExactlyInAnyOrder(
                  Ml4tStorageAutoConfiguration.class.getName(),
                  "ml4tAsyncStorage",
                  "ml4tBlockingStorage",
                  "ml4tStoragePathsAsText",
                  "ml4t.storage-" + Ml4tStorageProperties.class.getName());
        });
  }

  @Test
  void asyncMethodsOfTheUserRunOnBootsExecutor() {
    contexts
        .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
        .withUserConfiguration(AsyncConfiguration.class)
        .withPropertyValues("spring.task.execution.thread-name-prefix=boot-")
        .run(
            context -> {
              assertThat(context.getBeansOfType(Executor.class))
                  .containsOnlyKeys("applicationTaskExecutor");
              assertThat(context.getBean(Worker.class).threadName().join()).startsWith("boot-");
            });
  }

  @Test
  void retriesAreRegisteredInTheApplicationsRegistry() {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    contexts
        .withBean(RetryRegistry.class, () -> registry)
        .withPropertyValues("ml4t.storage.retry.max-attempts=7")
        .run(
            context -> {
              assertThat(context).hasSingleBean(RetryRegistry.class);
              assertThat(registry.getAllRetries())
                  .isNotEmpty()
                  .allSatisfy(
                      retry -> assertThat(retry.getRetryConfig().getMaxAttempts()).isEqualTo(7));
            });
  }

  @Test
  void theStoreClosesWithTheContext() {
    AsyncStorage[] storage = new AsyncStorage[1];
    contexts.run(context -> storage[0] = context.getBean(AsyncStorage.class));
    assertThat(storage[0].exists("equities/daily/AAPL")).failsWithin(Duration.ZERO);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class AsyncConfiguration {
    @Bean
    Worker worker() {
      return new Worker();
    }
  }

  static class Worker {
    @Async
    CompletableFuture<String> threadName() {
      return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }
  }
}
