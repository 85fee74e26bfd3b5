package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** A test may give the data root as it has it from JUnit, which is a path and no text. */
class DataRootAsPathTests {
  @TempDir Path folder;

  private static ApplicationContextRunner contexts(Map<String, Object> properties) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                Ml4tStoresAutoConfiguration.class, Ml4tStorageAutoConfiguration.class))
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("paths", properties)));
  }

  @Test
  void theOnlyStoreIsThere() {
    contexts(Map.of("ml4t.storage.data-root", folder))
        .run(
            context ->
                assertThat(context.getBean(FileSystemStorage.class).status().root())
                    .isEqualTo(folder));
  }

  @Test
  void namedStoresAreThere() {
    contexts(
            Map.of(
                "ml4t.storage.stores.default.data-root", folder.resolve("prices"),
                "ml4t.storage.stores.archive.data-root", folder.resolve("archive").toFile()))
        .run(
            context ->
                assertThat(context.getBeansOfType(FileSystemStorage.class))
                    .extractingFromEntries(entry -> entry.getValue().status().root())
                    .containsExactlyInAnyOrder(
                        folder.resolve("prices"), folder.resolve("archive")));
  }

  @Test
  void thatOfTheSingleStoreNextToNamedOnesIsRefusedAsText() {
    contexts(
            Map.of(
                "ml4t.storage.data-root",
                folder,
                "ml4t.storage.stores.archive.data-root",
                folder.resolve("archive")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(StorageConfigurationException.class)
                    .hasMessageContaining("ml4t.storage.data-root")
                    .hasMessageContaining(folder.toString()));
  }

  @Test
  void whatIsNotOursIsBoundAsEver() {
    Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("theirs.text", folder)));
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> binder.bind("theirs.text", Bindable.of(String.class), new PathsAsText()));
  }
}
