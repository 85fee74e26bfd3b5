package io.ml4t.storage.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.Ml4tStoresAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.autoconfigure.endpoint.MigrationsSection.Migrations;
import io.ml4t.storage.autoconfigure.endpoint.MigrationsSection.State;
import io.ml4t.storage.autoconfigure.endpoint.MigrationsSection.View;
import io.ml4t.storage.autoconfigure.migration.Ml4tStorageMigrationAutoConfiguration;
import io.ml4t.storage.autoconfigure.migration.StorageMigrations;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MigrationsSectionTests {
  @TempDir Path root;

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  Ml4tStoresAutoConfiguration.class,
                  Ml4tStorageAutoConfiguration.class,
                  Ml4tStorageMigrationAutoConfiguration.class,
                  Ml4tStorageEndpointAutoConfiguration.class))
          .withPropertyValues("management.endpoints.web.exposure.include=ml4tstorage");
  private ApplicationContextRunner contexts = bare;

  @BeforeEach
  void writeADirectory() {
    contexts = bare.withPropertyValues("ml4t.storage.data-root=" + root.resolve("store"));
    try (Storage python = PlainDirectoryStorage.builder(root.resolve("python")).build()) {
      python.write(StorageFixtures.bar("AAPL"));
      python.write(StorageFixtures.bar("MSFT"));
    }
  }

  @Test
  void thereAreNoneUnlessAskedFor() {
    contexts.run(context -> assertThat(read(context).migrations()).isEmpty());
  }

  @Test
  void noStoreNeedsToBeChosen() {
    bare.withPropertyValues(
            "ml4t.storage.stores.us.data-root=" + root.resolve("us"),
            "ml4t.storage.stores.eu.data-root=" + root.resolve("eu"),
            "ml4t.storage.primary=us")
        .run(context -> assertThat(read(context).migrations()).isEmpty());
  }

  @Test
  void aMigrationIsShownWithItsCountsAndFailures() throws IOException {
    Files.writeString(root.resolve("python/equities/daily/MSFT.parquet"), "PAR1");
    contexts
        .withPropertyValues("ml4t.storage.migration.from=" + root.resolve("python"))
        .run(
            context -> {
              context.getBean(StorageMigrations.class).all().get("startup").await();

              View view = read(context).migrations().get("startup");

              assertThat(view.state()).isEqualTo(State.INCOMPLETE);
              assertThat(view.successful()).isEqualTo(1);
              assertThat(view.failed()).isEqualTo(1);
              assertThat(view.total()).isEqualTo(2);
              assertThat(view.remaining()).isNull();
              assertThat(view.failures())
                  .singleElement()
                  .satisfies(
                      failure -> {
                        assertThat(failure.key()).isEqualTo("equities/daily/MSFT");
                        assertThat(failure.error()).isEqualTo("CorruptDataException");
                      });
            });
  }

  private static Migrations read(ApplicationContext context) {
    return (Migrations)
        context
            .getBean(Ml4tStorageEndpoint.class)
            .section(new String[] {"migrations"}, null, null, null, SecurityContext.NONE);
  }
}
