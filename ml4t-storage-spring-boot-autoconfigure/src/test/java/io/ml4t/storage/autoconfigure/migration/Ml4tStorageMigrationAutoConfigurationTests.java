package io.ml4t.storage.autoconfigure.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.Ml4tStoresAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.migration.ExistingKeys;
import io.ml4t.storage.migration.Migration;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.MockedStatic;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class Ml4tStorageMigrationAutoConfigurationTests {
  @TempDir Path root;

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  Ml4tStoresAutoConfiguration.class,
                  Ml4tStorageAutoConfiguration.class,
                  Ml4tStorageMigrationAutoConfiguration.class));
  private ApplicationContextRunner contexts = bare;

  @BeforeEach
  void writeADirectory() {
    contexts = bare.withPropertyValues("ml4t.storage.data-root=" + root.resolve("store"));
    try (Storage python = PlainDirectoryStorage.builder(root.resolve("python")).build()) {
      python.write(StorageFixtures.bar("AAPL"));
      python.write(StorageFixtures.bar("MSFT"));
    }
  }

  private String from(String folder) {
    return "ml4t.storage.migration.from=" + root.resolve(folder);
  }

  @Test
  void nothingIsMigratedUnlessAskedFor() {
    contexts.run(
        context -> {
          assertThat(context).doesNotHaveBean(StartupMigration.class);
          assertThat(context.getBean(StorageMigrations.class).all()).isEmpty();
        });
  }

  @Test
  void aDirectoryIsMigratedWhenTheApplicationStarts() {
    contexts
        .withPropertyValues(from("python"))
        .run(
            context -> {
              MigrationReport report =
                  context.getBean(StorageMigrations.class).all().get("startup").await();
              assertThat(report.successful()).isEqualTo(2);
              assertThat(report.isComplete()).isTrue();
              assertThat(context.getBean(Storage.class).listKeys()).hasSize(2);
            });
  }

  @Test
  void severalStoresOfWhichNoneIsPrimaryStopTheStart() {
    severalStores()
        .withPropertyValues(from("python"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(StorageConfigurationException.class)
                    .hasMessageContaining("ml4t.storage.migration.from")
                    .hasMessageContaining("ml4t.storage.primary"));
  }

  @Test
  void thePrimaryOneOfSeveralStoresIsMigratedInto() {
    severalStores()
        .withPropertyValues(from("python"), "ml4t.storage.primary=us")
        .run(
            context -> {
              context.getBean(StorageMigrations.class).all().get("startup").await();
              assertThat(context.getBean("usBlocking", Storage.class).listKeys()).hasSize(2);
              assertThat(context.getBean("euBlocking", Storage.class).listKeys()).isEmpty();
            });
  }

  @Test
  void anApplicationOfSeveralStoresMayMigrateByItself() {
    severalStores().run(context -> assertThat(context).hasSingleBean(StorageMigrations.class));
  }

  private ApplicationContextRunner severalStores() {
    return bare.withPropertyValues(
        "ml4t.storage.stores.us.data-root=" + root.resolve("us"),
        "ml4t.storage.stores.eu.data-root=" + root.resolve("eu"));
  }

  @Test
  void everyPropertyHasItsSay() {
    contexts
        .withPropertyValues(
            from("python"),
            "ml4t.storage.migration.prefix=equities/daily/AAPL",
            "ml4t.storage.migration.concurrency=1",
            "ml4t.storage.migration.existing=fail",
            "ml4t.storage.migration.verify=false",
            "ml4t.storage.migration.dry-run=true",
            "ml4t.storage.migration.journal=" + root.resolve("journal"))
        .run(
            context -> {
              MigrationReport report =
                  context.getBean(StorageMigrations.class).all().get("startup").await();
              assertThat(report.dryRun()).isTrue();
              assertThat(report.progress().total()).isEqualTo(1);
              assertThat(root.resolve("journal")).exists();
              assertThat(context.getBean(Storage.class).listKeys()).isEmpty();
            });
  }

  @Test
  void theRestOfThePropertiesReachTheMigrator() {
    StorageMigrator migrator = Mockito.mock(StorageMigrator.class, Mockito.RETURNS_SELF);
    Migration migration = Mockito.mock(Migration.class);
    Mockito.when(migration.report()).thenReturn(CompletableFuture.failedFuture(new IOException()));
    Mockito.doReturn(migration).when(migrator).start();
    try (MockedStatic<StorageMigrator> factory = Mockito.mockStatic(StorageMigrator.class)) {
      factory.when(() -> StorageMigrator.from(Mockito.any(Storage.class))).thenReturn(migrator);
      contexts
          .withPropertyValues(
              from("python"),
              "ml4t.storage.migration.concurrency=3",
              "ml4t.storage.migration.existing=fail",
              "ml4t.storage.migration.verify=false")
          .run(context -> assertThat(context).hasNotFailed());
    }
    Mockito.verify(migrator).concurrency(3);
    Mockito.verify(migrator).existing(ExistingKeys.FAIL);
    Mockito.verify(migrator).verify(false);
  }

  @Test
  void migrationsOfTheUserWin() {
    StorageMigrations own = new StorageMigrations();
    contexts
        .withPropertyValues(from("python"))
        .withBean("own", StorageMigrations.class, () -> own)
        .withBean("ml4tStorageStartupMigration", Object.class)
        .run(
            context -> {
              assertThat(context.getBean(StorageMigrations.class)).isSameAs(own);
              assertThat(context).doesNotHaveBean(StartupMigration.class);
            });
  }

  @Test
  void aDirectoryThatIsNotThereStopsTheStartAndIsNamed() {
    contexts
        .withPropertyValues(from("none"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(StorageConfigurationException.class)
                    .hasMessageContaining("ml4t.storage.migration.from")
                    .hasMessageContaining("there is no such folder"));
  }

  @Test
  void valuesThatCannotWorkStopTheStart() {
    for (String property : List.of("concurrency=0", "prefix=a/../b")) {
      contexts
          .withPropertyValues(from("python"), "ml4t.storage.migration." + property)
          .run(
              context ->
                  assertThat(context)
                      .getFailure()
                      .hasStackTraceContaining(
                          "Cannot set ml4t.storage.migration."
                              + property.substring(0, property.indexOf('='))));
    }
  }

  @Test
  void nothingIsBoundWhereNoMigrationIsAskedFor() {
    contexts.run(context -> assertThat(context).doesNotHaveBean(MigrationProperties.class));
  }

  @Test
  void aBrokenFileDoesNotStopTheStart() throws IOException {
    Files.writeString(root.resolve("python/equities/daily/MSFT.parquet"), "PAR1");
    contexts
        .withPropertyValues(from("python"))
        .run(
            context -> {
              MigrationReport report =
                  context.getBean(StorageMigrations.class).all().get("startup").await();
              assertThat(report.failures()).hasSize(1);
              assertThat(report.successful()).isEqualTo(1);
            });
  }

  @Test
  void anApplicationKeepsItsOwnMigrationsByName() {
    contexts.run(
        context -> {
          StorageMigrations migrations = context.getBean(StorageMigrations.class);
          try (Storage python = PlainDirectoryStorage.builder(root.resolve("python")).build()) {
            StorageMigrator slow =
                StorageMigrator.from(python)
                    .to(context.getBean(Storage.class))
                    .concurrency(1)
                    .keysPerSecond(0.001);
            var first = migrations.start("own", slow);
            assertThatThrownBy(() -> migrations.start("own", slow))
                .isInstanceOf(IllegalStateException.class);
            first.cancel();
            assertThat(first.await().cancelled()).isTrue();
            assertThat(migrations.all()).containsOnlyKeys("own");
          }
        });
  }
}
