package io.ml4t.storage.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.FileSystemStorageBuilderCustomizer;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.Ml4tStoresAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.autoconfigure.event.CommitEvent;
import io.ml4t.storage.autoconfigure.event.Ml4tStorageEventAutoConfiguration;
import io.ml4t.storage.autoconfigure.observation.DefaultStorageObservationConvention;
import io.ml4t.storage.autoconfigure.observation.Ml4tStorageObservationAutoConfiguration;
import io.ml4t.storage.autoconfigure.observation.StorageObservationConvention;
import io.ml4t.storage.parquet.Compression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** The Java examples of the README and of the pages on configuration and Actuator. */
class PageTests {
  @TempDir Path root;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    TaskExecutionAutoConfiguration.class,
                    Ml4tStorageAutoConfiguration.class,
                    Ml4tStorageEventAutoConfiguration.class,
                    Ml4tStorageObservationAutoConfiguration.class))
            .withPropertyValues(
                "ml4t.storage.data-root=" + root, "ml4t.storage.events.commits=true");
  }

  @Test
  void aServiceGetsTheStoreInjected() {
    contexts
        .withBean(Prices.class)
        .run(
            context -> {
              context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
              assertThat(context.getBean(Prices.class).closes("AAPL").join())
                  .containsExactly(104.0);
            });
  }

  @Test
  void aCustomizerChangesTheCompression() {
    contexts
        .withUserConfiguration(Customizing.class)
        .run(
            context -> {
              context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
              assertThat(
                      Files.readString(
                          root.resolve("equities/daily/AAPL.parquet"), StandardCharsets.ISO_8859_1))
                  .doesNotContain("(\u00b5/\u00fd"); // The magic bytes of zstd.
            });
  }

  static class Customizing {
    @Bean
    FileSystemStorageBuilderCustomizer fastCompression() {
      return builder -> builder.compression(Compression.SNAPPY);
    }
  }

  @Test
  void aServiceMovesDataFromOneStoreToAnother() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(Ml4tStoresAutoConfiguration.class))
        .withPropertyValues(
            "ml4t.storage.stores.default.data-root=" + root.resolve("market-data"),
            "ml4t.storage.stores.archive.data-root=" + root.resolve("archive"))
        .withBean(Archivist.class)
        .run(
            context -> {
              StorageKey key =
                  context.getBean(AsyncStorage.class).write(StorageFixtures.bar("AAPL")).join();
              context.getBean(Archivist.class).copy(key).join();
              assertThat(context.getBean("archive", AsyncStorage.class).exists(key).join())
                  .isTrue();
            });
  }

  static class Archivist {
    private final AsyncStorage prices;
    private final AsyncStorage archive;

    Archivist(AsyncStorage prices, @Qualifier("archive") AsyncStorage archive) {
      this.prices = prices;
      this.archive = archive;
    }

    CompletableFuture<StorageKey> copy(StorageKey key) {
      return prices.read(key).thenCompose(archive::write);
    }
  }

  @Test
  void anEventClearsACache() {
    contexts
        .withUserConfiguration(Caching.class)
        .run(
            context -> {
              StorageKey key = context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
              assertThat(context.getBean(Caching.class).cache().removed.poll(30, TimeUnit.SECONDS))
                  .isEqualTo(key);
            });
  }

  static class Cache {
    final BlockingQueue<StorageKey> removed = new LinkedBlockingQueue<>();

    void remove(StorageKey key) {
      removed.add(key);
    }
  }

  @EnableAsync(proxyTargetClass = true)
  static class Caching {
    private final Cache cache = new Cache();

    public Cache cache() {
      return cache;
    }

    @Async
    @EventListener
    public void onCommit(CommitEvent event) {
      event.commit().versions().forEach(version -> cache.remove(version.key()));
    }
  }

  @Test
  void aTraceGoesOnInTheNextStage() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    contexts
        .withBean(TestObservationRegistry.class, () -> registry)
        .withUserConfiguration(Propagating.class)
        .run(
            context -> {
              AsyncStorage storage = context.getBean(AsyncStorage.class);
              Observation caller = Observation.start("caller", registry);
              try (Observation.Scope scope = caller.openScope()) {
                storage.exists("equities/daily/A").thenCompose(no -> storage.listKeys()).join();
              }
              caller.stop();
            });
    List<Observation.Context> observed = new ArrayList<>();
    TestObservationRegistryAssert.assertThat(registry)
        .hasHandledContextsThatSatisfy(observed::addAll);
    assertThat(observed)
        .filteredOn(each -> "storage list-keys".equals(each.getContextualName()))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.getParentObservation().getContextView().getName())
                    .isEqualTo("caller"));
  }

  static class Propagating {
    @Bean
    TaskDecorator contextPropagation() {
      return new ContextPropagatingTaskDecorator();
    }
  }

  @Test
  void aConventionNamesTheObservations() {
    TestObservationRegistry registry = TestObservationRegistry.create();
    contexts
        .withBean(TestObservationRegistry.class, () -> registry)
        .withUserConfiguration(Naming.class)
        .run(context -> context.getBean(Storage.class).listKeys());
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("prices")
        .that()
        .hasBeenStopped();
  }

  static class Naming {
    @Bean
    StorageObservationConvention storageConvention() {
      return new DefaultStorageObservationConvention() {
        @Override
        public String getName() {
          return "prices";
        }
      };
    }
  }
}
