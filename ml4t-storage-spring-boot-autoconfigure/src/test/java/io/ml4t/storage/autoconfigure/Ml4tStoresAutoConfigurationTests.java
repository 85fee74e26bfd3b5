package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.endpoint.Ml4tStorageEndpointAutoConfiguration;
import io.ml4t.storage.autoconfigure.health.Ml4tStorageHealthContributorAutoConfiguration;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class Ml4tStoresAutoConfigurationTests {
  @TempDir Path folder;

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  Ml4tStoresAutoConfiguration.class,
                  Ml4tStorageAutoConfiguration.class,
                  Ml4tStorageHealthContributorAutoConfiguration.class,
                  Ml4tStorageEndpointAutoConfiguration.class));
  private ApplicationContextRunner contexts = bare;

  @BeforeEach
  void nameTwoStores() {
    contexts =
        bare.withPropertyValues(
            "ml4t.storage.stores.default.data-root=" + folder.resolve("new"),
            "ml4t.storage.stores.archive.data-root=" + folder.resolve("old"));
  }

  @Test
  void eachStoreIsABeanOfItsName() {
    contexts.run(
        context -> {
          assertThat(context.getBeansOfType(FileSystemStorage.class))
              .containsOnlyKeys("default", "archive");
          assertThat(context.getBeansOfType(Storage.class))
              .containsOnlyKeys("defaultBlocking", "archiveBlocking");
          assertThat(context.getBean("archive", FileSystemStorage.class).status().root())
              .isEqualTo(folder.resolve("old"));
        });
  }

  @Test
  void theStoreNamedDefaultIsInjectedWhereNoneIsNamed() {
    contexts
        .withBean(Service.class)
        .run(
            context -> {
              Service service = context.getBean(Service.class);
              assertThat(service.prices).isSameAs(context.getBean("default"));
              assertThat(service.archive).isSameAs(context.getBean("archive"));
              var key = service.archivist.write(StorageFixtures.bar("AAPL"));
              assertThat(service.archive.exists(key).join()).isTrue();
              assertThat(context.getBean(Storage.class).exists(key)).isFalse();
            });
  }

  record Service(
      AsyncStorage prices,
      @Qualifier("archive") AsyncStorage archive,
      @Qualifier("archiveBlocking") Storage archivist) {}

  @Test
  void anotherOneIsPrimaryByProperty() {
    contexts
        .withPropertyValues("ml4t.storage.primary=archive")
        .run(
            context ->
                assertThat(context.getBean(AsyncStorage.class))
                    .isSameAs(context.getBean("archive")));
  }

  @Test
  void noneIsPrimaryWhereNoneIsNamedDefault() {
    bare.withPropertyValues(
            "ml4t.storage.stores.one.data-root=" + folder.resolve("one"),
            "ml4t.storage.stores.two.data-root=" + folder.resolve("two"))
        .run(
            context ->
                assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
                    .isThrownBy(() -> context.getBean(AsyncStorage.class)));
  }

  @Test
  void healthShowsEachStoreByItsName() {
    contexts.run(
        context ->
            assertThat(
                    context
                        .getBean("ml4tStorageHealthContributor", CompositeHealthContributor.class)
                        .stream()
                        .map(entry -> entry.name()))
                .containsExactly("archive", "default"));
  }

  @Test
  void aPropertyOfOneStoreTakesEffectInThatOne() {
    contexts
        .withPropertyValues("ml4t.storage.stores.archive.plain-view.mode=off")
        .run(
            context -> {
              context
                  .getBeansOfType(Storage.class)
                  .values()
                  .forEach(store -> store.write(StorageFixtures.bar("AAPL")));
              assertThat(folder.resolve("new/equities/daily/AAPL.parquet")).exists();
              assertThat(folder.resolve("old/equities/daily/AAPL.parquet")).doesNotExist();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-archive", "myArchive"})
  void aVariableOfTheEnvironmentOverridesAPropertyOfTheStoreOfThatName(String name) {
    Map<String, Object> variables =
        Map.of("ML4T_STORAGE_STORES_MYARCHIVE_DATAROOT", folder.resolve("other").toString());
    Map<String, Object> file =
        Map.of("ml4t.storage.stores." + name + ".data-root", folder.resolve("old").toString());
    bare.withInitializer(
            context -> {
              MutablePropertySources sources = context.getEnvironment().getPropertySources();
              String environment = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
              sources.replace(
                  environment, new SystemEnvironmentPropertySource(environment, variables));
              sources.addLast(new MapPropertySource("file", file));
            })
        .run(
            context -> {
              assertThat(context.getBeansOfType(FileSystemStorage.class)).containsOnlyKeys(name);
              assertThat(context.getBean(FileSystemStorage.class).status().root())
                  .isEqualTo(folder.resolve("other"));
            });
  }

  @Test
  void aStoreThatIsSwitchedOffIsNone() {
    contexts
        .withPropertyValues("ml4t.storage.stores.archive.enabled=false")
        .run(
            context ->
                assertThat(context.getBeansOfType(AsyncStorage.class)).containsOnlyKeys("default"));
  }

  @Test
  void aStoreOfTheUserTakesThePlaceOfAll() {
    contexts
        .withBean("own", AsyncStorage.class, () -> mock(AsyncStorage.class))
        .run(
            context -> {
              assertThat(context.getBeansOfType(AsyncStorage.class)).containsOnlyKeys("own");
              assertThat(folder.resolve("new")).doesNotExist();
            });
  }

  @Test
  void nothingIsConfiguredWhenSwitchedOff() {
    contexts
        .withPropertyValues("ml4t.storage.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(AsyncStorage.class));
  }

  @Test
  void withoutNamesThereIsTheSingleStore() {
    bare.withPropertyValues("ml4t.storage.data-root=" + folder)
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(StorageFactory.class)
                    .hasSingleBean(AsyncStorage.class)
                    .hasBean("ml4tAsyncStorage"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ml4t.storage.data-root=data | Cannot set ml4t.storage.data-root to 'data': "
            + "ml4t.storage.stores is set too, and has the stores with all their properties; "
            + "move it to each of the stores, as ml4t.storage.stores.<name>.data-root",
        "ml4t.storage.versions.keep=5 | Cannot set ml4t.storage.versions to ",
        "ml4t.storage.primary=none | Cannot set ml4t.storage.primary to 'none': the stores are "
            + "[archive, default]; name one of the stores",
        "ml4t.storage.stores.archive.retry.base-delay=10s | Cannot set "
            + "ml4t.storage.stores.archive.retry.max-delay to 'PT5S': expected at least "
            + "ml4t.storage.stores.archive.retry.base-delay, which is PT10S",
        "ml4t.storage.stores.archive.events.commits=true | Cannot set "
            + "ml4t.storage.stores.archive.events.commits to 'true': commits become events of all "
            + "stores or of none; set ml4t.storage.events.commits",
      })
  void whatCannotWorkStopsTheStart(String property, String message) {
    contexts
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .isInstanceOf(StorageConfigurationException.class)
                    .hasMessageStartingWith(message));
  }

  @Test
  void oneFolderUnderTwoPathsIsRefusedForTwoStores() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    contexts
        .withPropertyValues(
            "ml4t.storage.stores.archive.data-root=" + folder,
            "ml4t.storage.stores.default.data-root=" + link)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessage(
                        "Cannot set ml4t.storage.stores.default.data-root to '"
                            + link
                            + "': it is the folder of ml4t.storage.stores.archive.data-root too;"
                            + " give each store a data root of its own"));
  }

  @Test
  void noStoreAtAllIsRefused() {
    bare.withPropertyValues("ml4t.storage.stores.archive.enabled=false")
        .run(
            context ->
                assertThat(context).getFailure().hasMessageContaining("no store is left; enable"));
  }

  @Test
  void theStoresCloseWithTheContextAfterTheBeansThatUseThem() {
    Map<String, AsyncStorage> stores = new HashMap<>();
    boolean[] openUntilTheEnd = new boolean[1];
    contexts
        .withBean(
            "user",
            LastWrite.class,
            () -> new LastWrite(openUntilTheEnd),
            definition -> definition.setDependsOn("archive"))
        .run(
            context -> {
              context.getBean(LastWrite.class).storage =
                  context.getBean("archiveBlocking", Storage.class);
              stores.putAll(context.getBeansOfType(AsyncStorage.class));
            });
    assertThat(openUntilTheEnd).containsExactly(true);
    assertThat(stores.values())
        .hasSize(2)
        .allSatisfy(
            store -> assertThat(store.exists("equities/daily/AAPL")).failsWithin(Duration.ZERO));
  }

  private static final class LastWrite implements AutoCloseable {
    private final boolean[] written;
    private Storage storage;

    LastWrite(boolean[] written) {
      this.written = written;
    }

    @Override
    public void close() {
      storage.write(StorageFixtures.bar("AAPL"));
      written[0] = true;
    }
  }
}
