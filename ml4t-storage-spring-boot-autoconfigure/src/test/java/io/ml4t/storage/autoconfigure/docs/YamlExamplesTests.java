package io.ml4t.storage.autoconfigure.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.ml4t.storage.DataRootException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.MinimalApplication;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.autoconfigure.migration.StorageMigrations;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.migration.MigrationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

/** An application starts with each YAML example of a page as its {@code application.yml}. */
class YamlExamplesTests {
  @TempDir Path root;

  @Test
  void everyPageWithAnExampleIsTestedHere() throws IOException {
    assertThat(Page.all().filter(page -> !page.examples("yaml").isEmpty()))
        .extracting(Page::name)
        .containsExactlyInAnyOrder("README.md", "actuator.md", "configuration.md", "migration.md");
  }

  @Test
  void theStoreIsWhereTheReadmePutsIt() throws IOException {
    try (ConfigurableApplicationContext context = start("README.md")) {
      assertThat(context.getBean(FileSystemStorage.class).status().root())
          .isEqualTo(root.resolve("srv/market-data"));
    }
  }

  @Test
  void theTwoStoresAreWhereThePagePutsThem() throws IOException {
    assertThatException()
        .isThrownBy(() -> start("configuration.md"))
        .havingRootCause()
        .isInstanceOf(DataRootException.class)
        .withMessageContaining(root.resolve("mnt/archive").toString());
    Files.createDirectories(root.resolve("mnt/archive"));
    try (ConfigurableApplicationContext context = start("configuration.md")) {
      assertThat(context.getBean(FileSystemStorage.class).status().root())
          .isEqualTo(root.resolve("srv/market-data"));
      assertThat(context.getBean("archive", FileSystemStorage.class).status().root())
          .isEqualTo(root.resolve("mnt/archive"));
    }
  }

  @Test
  void theStoreIsPartOfReadiness() throws IOException {
    try (ConfigurableApplicationContext context =
        start("actuator.md", "ml4t.storage.data-root=" + root.resolve("data"))) {
      CompositeHealthDescriptor readiness =
          (CompositeHealthDescriptor)
              context.getBean(HealthEndpoint.class).healthForPath("readiness");
      assertThat(readiness.getComponents()).containsOnlyKeys("readinessState", "ml4tStorage");
    }
  }

  @Test
  void aDirectoryIsMigratedAtTheStart() throws Exception {
    try (Storage python = PlainDirectoryStorage.builder(root.resolve("srv/python-data")).build()) {
      python.write(StorageFixtures.bar("AAPL"));
    }
    try (ConfigurableApplicationContext context = start("migration.md")) {
      MigrationReport report =
          context.getBean(StorageMigrations.class).all().get("startup").await();
      assertThat(report.successful()).isEqualTo(1);
      assertThat(context.getBean(FileSystemStorage.class).status().root())
          .isEqualTo(root.resolve("srv/market-data"));
    }
  }

  /** Starts with the only example of a page, all of whose absolute paths are moved below a root. */
  private ConfigurableApplicationContext start(String page, String... others) throws IOException {
    List<String> examples = Page.named(page).examples("yaml");
    assertThat(examples).hasSize(1);
    Path file = root.resolve("application.yml");
    Files.writeString(file, examples.get(0).replace(": /", ": " + root + "/"));
    String location = "spring.config.location=" + file.toUri();
    return MinimalApplication.start(
        StringUtils.concatenateStringArrays(new String[] {location}, others));
  }
}
