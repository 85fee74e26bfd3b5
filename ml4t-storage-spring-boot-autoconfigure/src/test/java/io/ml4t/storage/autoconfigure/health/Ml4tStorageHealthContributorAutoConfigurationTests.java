package io.ml4t.storage.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.lock.LockInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class Ml4tStorageHealthContributorAutoConfigurationTests {
  @TempDir Path folder;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    Ml4tStorageAutoConfiguration.class,
                    Ml4tStorageHealthContributorAutoConfiguration.class))
            .withPropertyValues("ml4t.storage.data-root=" + folder.resolve("root"));
  }

  @Test
  void anEmptyStoreIsUp() {
    contexts.run(
        context ->
            assertThat(health(context))
                .satisfies(
                    health -> {
                      assertThat(health.getStatus()).isEqualTo(Status.UP);
                      assertThat(health.getDetails())
                          .containsEntry("root", folder.resolve("root").toString())
                          .containsEntry("exists", true)
                          .containsEntry("writable", true)
                          .containsEntry("keys", 0)
                          .containsEntry("logHead", 0L)
                          .doesNotContainKeys("lastCommit", "plainViewFailure");
                      assertThat((Long) health.getDetails().get("freeSpace")).isPositive();
                    }));
  }

  @Test
  void theLastCommitShows() {
    contexts.run(
        context -> {
          AsyncStorage storage = context.getBean(AsyncStorage.class);
          var key = storage.write(StorageFixtures.bar("AAPL")).join();
          var version = storage.versions(key).join().get(0);
          assertThat(health(context).getDetails())
              .containsEntry("keys", 1)
              .containsEntry("logHead", version.sequence())
              .containsEntry("lastCommit", version.time());
        });
  }

  @Test
  void aStoreWhoseRootIsGoneIsDown() {
    contexts.run(
        context -> {
          Files.move(folder.resolve("root"), folder.resolve("elsewhere"));
          assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
          assertThat(health(context).getDetails())
              .containsEntry("exists", false)
              .containsEntry("writable", false)
              .containsEntry("freeSpace", 0L);
          Files.move(folder.resolve("elsewhere"), folder.resolve("root"));
        });
  }

  @Test
  void aPropertySwitchesTheHealthOff() {
    contexts
        .withPropertyValues("management.health.ml4tstorage.enabled=false")
        .run(
            context ->
                assertThat(context.getBeansOfType(HealthContributor.class))
                    .containsOnlyKeys("ml4tStorageLocksHealthContributor"));
  }

  @Test
  void aPropertySwitchesTheHealthOfTheLocksOff() {
    contexts
        .withPropertyValues("management.health.ml4tstoragelocks.enabled=false")
        .run(
            context ->
                assertThat(context.getBeansOfType(HealthContributor.class))
                    .containsOnlyKeys("ml4tStorageHealthContributor"));
  }

  @Test
  void aStoreWithLessSpaceThanTheThresholdIsDown() {
    contexts
        .withPropertyValues("management.health.ml4tstorage.free-space-threshold=1000000TB")
        .run(
            context -> {
              assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
              assertThat(health(context).getDetails())
                  .containsEntry("freeSpaceThreshold", 1_000_000L << 40);
            });
  }

  @ParameterizedTest
  @CsvSource({"held, HELD", "awaited, AWAITED"})
  void aLockBeyondTheThresholdOfThePropertyIsDown(String property, LockInfo.State state) {
    FileSystemStorage storage = Mockito.mock(FileSystemStorage.class);
    Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
    Mockito.when(storage.locks())
        .thenReturn(
            List.of(
                new LockInfo(
                    StorageKey.of("equities", "daily", "AAPL"),
                    "write",
                    state,
                    anHourAgo,
                    "worker")));
    ApplicationContextRunner mocked =
        contexts.withBean("own", FileSystemStorage.class, () -> storage);
    mocked.run(context -> assertThat(locks(context)).isEqualTo(Status.DOWN));
    mocked
        .withPropertyValues("management.health.ml4tstoragelocks." + property + "-threshold=2h")
        .run(context -> assertThat(locks(context)).isEqualTo(Status.UP));
  }

  private static Status locks(ApplicationContext context) {
    return context
        .getBean("ml4tStorageLocksHealthContributor", HealthIndicator.class)
        .health()
        .getStatus();
  }

  @ParameterizedTest
  @CsvSource({
    "ml4tstorage.free-space-threshold, -1B",
    "ml4tstoragelocks.held-threshold, -1s",
    "ml4tstoragelocks.awaited-threshold, -1s",
  })
  void aNegativeThresholdStopsTheStart(String name, String value) {
    contexts
        .withPropertyValues("management.health." + name + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith("Cannot set management.health." + name + " to '")
                    .hasMessageEndingWith("': expected not negative; change the value"));
  }

  @Test
  void anIndicatorOfLocksOfTheUserWins() {
    contexts
        .withBean(
            "ml4tStorageLocksHealthIndicator", HealthIndicator.class, () -> Health.up()::build)
        .run(
            context ->
                assertThat(context.getBeansOfType(HealthContributor.class))
                    .containsOnlyKeys(
                        "ml4tStorageHealthContributor", "ml4tStorageLocksHealthIndicator"));
  }

  @Test
  void anIndicatorOfTheUserWins() {
    contexts
        .withBean("ml4tStorageHealthIndicator", HealthIndicator.class, () -> Health.up()::build)
        .run(
            context ->
                assertThat(context.getBeansOfType(HealthContributor.class))
                    .containsOnlyKeys(
                        "ml4tStorageHealthIndicator", "ml4tStorageLocksHealthContributor"));
  }

  @Test
  void aStoreOfAnotherKindHasNoHealthHere() {
    contexts
        .withBean("own", AsyncStorage.class, () -> Mockito.mock(AsyncStorage.class))
        .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
  }

  @Test
  void severalStoresShowEachByItsName() {
    contexts
        .withBean(
            "prices", FileSystemStorage.class, () -> FileSystemStorage.builder(folder).build())
        .withBean(
            "ticks",
            FileSystemStorage.class,
            () -> FileSystemStorage.builder(folder.resolve("ticks")).build())
        .run(
            context ->
                assertThat(
                        context.getBean(
                            "ml4tStorageHealthContributor", CompositeHealthContributor.class))
                    .extracting(HealthContributors.Entry::name)
                    .containsExactlyInAnyOrder("prices", "ticks"));
  }

  private static Health health(ApplicationContext context) {
    return Objects.requireNonNull(
        context.getBean("ml4tStorageHealthContributor", HealthIndicator.class).health());
  }
}
