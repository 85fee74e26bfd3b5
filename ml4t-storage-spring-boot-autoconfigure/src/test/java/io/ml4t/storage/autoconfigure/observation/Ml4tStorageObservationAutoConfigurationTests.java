package io.ml4t.storage.autoconfigure.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.autoconfigure.StorageListenerFactory;
import io.ml4t.storage.event.StorageListener;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class Ml4tStorageObservationAutoConfigurationTests {
  @TempDir Path root;

  private final TestObservationRegistry registry = TestObservationRegistry.create();
  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    Ml4tStorageAutoConfiguration.class,
                    Ml4tStorageObservationAutoConfiguration.class))
            .withBean(ObservationRegistry.class, () -> registry)
            .withPropertyValues("ml4t.storage.data-root=" + root);
  }

  @Test
  void anOperationIsObservedAsAChildOfItsCallers() {
    contexts.run(
        context -> {
          Observation caller = Observation.start("caller", registry);
          try (Observation.Scope scope = caller.openScope()) {
            context.getBean(AsyncStorage.class).write(StorageFixtures.bar("AAPL")).join();
          }
          caller.stop();
        });
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("ml4t.storage.operation")
        .that()
        .hasContextualNameEqualTo("storage write")
        .hasParentObservationContextMatching(parent -> parent.getName().equals("caller"))
        .hasLowCardinalityKeyValue("store", "default")
        .hasLowCardinalityKeyValue("operation", "write")
        .hasLowCardinalityKeyValue("outcome", "success")
        .hasLowCardinalityKeyValue("error", "none")
        .hasHighCardinalityKeyValue("ml4t.storage.key", "equities/daily/AAPL")
        .hasHighCardinalityKeyValue("ml4t.storage.rows", "1")
        .hasBeenStopped();
  }

  @Test
  void anErrorIsObserved() {
    contexts.run(
        context ->
            context
                .getBean(AsyncStorage.class)
                .read("equities/daily/NONE")
                .handle((v, e) -> 0)
                .join());
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("ml4t.storage.operation")
        .that()
        .hasLowCardinalityKeyValue("outcome", "error")
        .hasLowCardinalityKeyValue("error", "KeyNotFoundException")
        .hasError()
        .hasBeenStopped();
  }

  @Test
  void aConventionOfTheUserNamesTheObservations() {
    contexts
        .withBean(
            StorageObservationConvention.class,
            () ->
                new DefaultStorageObservationConvention() {
                  @Override
                  public String getName() {
                    return "prices";
                  }
                })
        .run(context -> context.getBean(AsyncStorage.class).exists("equities/daily/A").join());
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("prices")
        .that()
        .hasBeenStopped();
  }

  @Test
  void observationsOfTheUserWin() {
    contexts
        .withBean(
            "ml4tStorageObservations",
            StorageListenerFactory.class,
            () -> store -> StorageListener.NONE)
        .run(context -> context.getBean(AsyncStorage.class).listKeys().join());
    TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
  }

  @Test
  void everyObservationHasTheDocumentedKeyNames() {
    contexts.run(context -> context.getBean(AsyncStorage.class).listKeys().join());
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("ml4t.storage.operation")
        .that()
        .hasOnlyKeys(
            "store", "operation", "outcome", "error", "ml4t.storage.key", "ml4t.storage.rows");
  }
}
