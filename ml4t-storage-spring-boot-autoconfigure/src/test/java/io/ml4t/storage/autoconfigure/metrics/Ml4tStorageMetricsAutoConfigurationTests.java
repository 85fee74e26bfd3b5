package io.ml4t.storage.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.autoconfigure.StorageListenerFactory;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class Ml4tStorageMetricsAutoConfigurationTests {
  @TempDir Path root;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    Ml4tStorageAutoConfiguration.class,
                    Ml4tStorageMetricsAutoConfiguration.class))
            .withPropertyValues("ml4t.storage.data-root=" + root);
  }

  @Test
  void whatTheStoreDoesIsMetered() {
    contexts
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              AsyncStorage storage = context.getBean(AsyncStorage.class);
              var key = storage.write(StorageFixtures.bar("AAPL")).join();
              storage.read(key).join();
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.get("ml4t.storage.keys").gauge().value()).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.log.head").gauge().value()).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.disk.free").gauge().value()).isPositive();
              assertThat(meters.get("ml4t.storage.plain.view.lag").gauge().value()).isZero();
              assertThat(meters.get("ml4t.storage.operations.running").gauge().value()).isZero();
              assertThat(meters.get("ml4t.storage.operations.waiting").gauge().value()).isZero();
              assertThat(meters.get("ml4t.storage.plain.view.publish").timer().count())
                  .isEqualTo(1);
              assertThat(meters.get("ml4t.storage.commit").timer().count()).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.commit.size").summary().max()).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.commit.frames").summary().max()).isPositive();
              assertThat(
                      meters
                          .get("ml4t.storage.lock.wait")
                          .tags("operation", "write", "outcome", "granted")
                          .timer()
                          .count())
                  .isEqualTo(1);
              assertThat(
                      meters
                          .get("ml4t.storage.lock.hold")
                          .tag("operation", "write")
                          .timer()
                          .count())
                  .isEqualTo(1);
              for (String direction : Set.of("written", "read")) {
                assertThat(
                        meters
                            .get("ml4t.storage.frame.rows")
                            .tag("direction", direction)
                            .counter()
                            .count())
                    .isEqualTo(1);
                assertThat(
                        meters
                            .get("ml4t.storage.frame.bytes")
                            .tag("direction", direction)
                            .counter()
                            .count())
                    .isPositive();
              }
            });
  }

  @Test
  void theReadCacheIsMetered() {
    contexts
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              readTwice(context.getBean(AsyncStorage.class));
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(cacheGets(meters, "miss")).isEqualTo(1);
              assertThat(cacheGets(meters, "hit")).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.cache.size").gauge().value()).isEqualTo(1);
              assertThat(meters.get("ml4t.storage.cache.bytes").gauge().value()).isPositive();
              assertThat(meters.get("ml4t.storage.cache.evictions").functionCounter().count())
                  .isZero();
            });
  }

  @Test
  void withoutAReadCacheEachReadIsOneOfTheFile() {
    contexts
        .withPropertyValues("ml4t.storage.read-cache=0B")
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              readTwice(context.getBean(AsyncStorage.class));
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(cacheGets(meters, "miss")).isEqualTo(2);
              assertThat(cacheGets(meters, "hit")).isZero();
              assertThat(meters.get("ml4t.storage.cache.bytes").gauge().value()).isZero();
            });
  }

  private static void readTwice(AsyncStorage storage) {
    StorageKey key = storage.write(StorageFixtures.bar("AAPL")).join();
    storage.read(key).join();
    storage.read(key).join();
  }

  private static double cacheGets(MeterRegistry meters, String result) {
    return meters.get("ml4t.storage.cache.gets").tag("result", result).functionCounter().count();
  }

  @Test
  void noTagHasTheValuesOfAKey() {
    contexts
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              AsyncStorage storage = context.getBean(AsyncStorage.class);
              storage.write(StorageFixtures.bar("AAPL")).join();
              Set<Meter.Id> before = ids(context.getBean(MeterRegistry.class));
              storage.write(StorageFixtures.bar("MSFT")).join();
              assertThat(ids(context.getBean(MeterRegistry.class))).isEqualTo(before);
              assertThat(before)
                  .filteredOn(id -> id.getName().startsWith("ml4t."))
                  .isNotEmpty()
                  .allSatisfy(
                      id -> {
                        assertThat(id.getDescription()).isNotBlank();
                        assertThat(id.getTags()).contains(Tag.of("store", "default"));
                      });
            });
  }

  private static Set<Meter.Id> ids(MeterRegistry registry) {
    return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
  }

  @Test
  void aStoreThatIsMadeWhenItIsAskedForIsGaugedToo() {
    contexts
        .withConfiguration(
            AutoConfigurations.of(
                CompositeMeterRegistryAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class))
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .run(
            context -> {
              context.getBean(FileSystemStorage.class);
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.find("ml4t.storage.keys").gauge()).isNotNull();
            });
  }

  @Test
  void withoutARegistryNothingIsMetered() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(StorageGauges.class));
  }

  @Test
  void withoutMicrometerNothingIsMetered() {
    contexts
        .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
        .run(context -> assertThat(context).doesNotHaveBean("ml4tStorageMeters"));
  }

  @Test
  void metersOfTheUserWin() {
    StorageListenerFactory own = Mockito.mock(StorageListenerFactory.class);
    Mockito.when(own.listener("default")).thenReturn(StorageListener.NONE);
    contexts
        .withBean(SimpleMeterRegistry.class)
        .withBean("ml4tStorageMeters", StorageListenerFactory.class, () -> own)
        .withBean("ml4tStorageGauges", MeterBinder.class, () -> meters -> {})
        .run(
            context -> {
              assertThat(context.getBean(StorageListenerFactory.class)).isSameAs(own);
              assertThat(context).doesNotHaveBean(StorageGauges.class);
              Mockito.verify(own).listener("default");
            });
  }

  @Test
  void aStoreOfAnotherKindIsNotMetered() {
    contexts
        .withBean(SimpleMeterRegistry.class)
        .withBean("own", AsyncStorage.class, () -> Mockito.mock(AsyncStorage.class))
        .run(context -> assertThat(context).doesNotHaveBean("ml4tStorageMeters"));
  }
}
