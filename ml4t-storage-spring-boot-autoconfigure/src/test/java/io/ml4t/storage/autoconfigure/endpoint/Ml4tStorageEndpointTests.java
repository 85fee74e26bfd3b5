package io.ml4t.storage.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.ColumnType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class Ml4tStorageEndpointTests {
  @TempDir Path root;

  private ApplicationContextRunner contexts = new ApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    Ml4tStorageAutoConfiguration.class, Ml4tStorageEndpointAutoConfiguration.class))
            .withPropertyValues(
                "ml4t.storage.data-root=" + root,
                "management.endpoints.web.exposure.include=ml4tstorage");
  }

  @Test
  void theSummaryShowsTheSizeAndTheLog() {
    contexts.run(
        context -> {
          context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
          StoreSummary summary = endpoint(context).summary().stores().get("default");
          assertThat(summary.root()).isEqualTo(root.toString());
          assertThat(summary.size().keys()).isEqualTo(1);
          assertThat(summary.size().rows()).isEqualTo(1);
          assertThat(summary.size().bytes()).isPositive();
          assertThat(summary.log().head()).isEqualTo(1);
          assertThat(summary.log().lastCommit()).isNotNull();
          assertThat(summary.plainView().lag()).isZero();
        });
  }

  @Test
  void aKeyShowsItsVersionsAndColumns() {
    contexts.run(
        context -> {
          context.getBean(Storage.class).write(StorageFixtures.bar("BTC/USD"));
          KeysSection.StoredKey key =
              (KeysSection.StoredKey) read(context, "keys", "equities", "daily", "BTC", "USD");
          assertThat(key.key()).isEqualTo("equities/daily/BTC%2FUSD");
          assertThat(key.columns()).containsEntry("close", ColumnType.DOUBLE);
          assertThat(key.metadata()).containsEntry("provider", "unknown");
          assertThat(key.versions())
              .singleElement()
              .satisfies(version -> assertThat(version.rows()).isEqualTo(1));
        });
  }

  @Test
  void whatIsNotThereIsNotFound() {
    contexts.run(
        context -> {
          assertThat(read(context, "keys", "equities", "daily", "NONE")).isNull();
          assertThat(read(context, "keys", "equities")).isNull();
          assertThat(read(context, "locks", "more")).isNull();
          assertThat(read(context, "nothing")).isNull();
          assertThatExceptionOfType(InvalidEndpointRequestException.class)
              .isThrownBy(() -> endpoint(context).run("nothing", null))
              .extracting(InvalidEndpointRequestException::getReason)
              .isEqualTo("Cannot run 'nothing': there are [refresh, vacuum, verify]");
        });
  }

  @Test
  void whatIsNoKeyIsABadRequest() {
    contexts.run(
        context ->
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> read(context, "keys", "equities", "daily", ".."))
                .satisfies(e -> assertThat(e.getReason()).contains("'..'")));
  }

  @Test
  void freeAttributesAreMaskedUnlessShown() {
    DataObject bar = StorageFixtures.bar("AAPL");
    DataObject secret =
        new DataObject(
            bar.data(),
            Metadata.builder("equities", "daily", "AAPL")
                .attributes(Map.of("token", "abc", "desk", "rates"))
                .build());
    contexts.run(
        context -> {
          context.getBean(Storage.class).write(secret);
          assertThat(attributes(context)).isEqualTo(Map.of("token", "******", "desk", "******"));
        });
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.show-values=always")
        .withBean(
            SanitizingFunction.class,
            () -> SanitizingFunction.sanitizeValue().ifKeyContains("token"))
        .run(
            context ->
                assertThat(attributes(context))
                    .isEqualTo(Map.of("token", "******", "desk", "rates")));
  }

  @Test
  void freeAttributesAreShownToThoseWhoAreAuthenticatedWhereAskedFor() {
    DataObject bar = StorageFixtures.bar("AAPL");
    Metadata desk =
        Metadata.builder("equities", "daily", "AAPL").attributes(Map.of("desk", "rates")).build();
    SecurityContext user = Mockito.mock(SecurityContext.class);
    Mockito.when(user.getPrincipal()).thenReturn(() -> "user");
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.show-values=when-authorized")
        .run(
            context -> {
              context.getBean(Storage.class).write(new DataObject(bar.data(), desk));
              assertThat(attributes(context)).isEqualTo(Map.of("desk", "******"));
              assertThat(attributes(context, user)).isEqualTo(Map.of("desk", "rates"));
            });
  }

  @Test
  void metadataThatTheStoreDoesNotKnowIsMaskedLikeFreeAttributes() {
    Metadata unknown =
        Metadata.builder("equities", "daily", "AAPL")
            .field("api_token", "abc")
            .field("feed", Map.of("token", "abc", "level", 2))
            .build();
    contexts.run(
        context -> {
          context
              .getBean(Storage.class)
              .write(new DataObject(StorageFixtures.bar("AAPL").data(), unknown));
          assertThat(metadata(context, SecurityContext.NONE))
              .containsEntry("api_token", "******")
              .containsEntry("feed", Map.of("token", "******", "level", "******"))
              .containsEntry("symbol", "AAPL")
              .containsEntry("bar_params", Map.of("frequency", "daily"));
        });
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.show-values=always")
        .withBean(
            SanitizingFunction.class,
            () -> SanitizingFunction.sanitizeValue().ifKeyContains("token"))
        .run(
            context ->
                assertThat(metadata(context, SecurityContext.NONE))
                    .containsEntry("api_token", "******")
                    .containsEntry("feed", Map.of("token", "******", "level", 2L)));
  }

  private static Object attributes(ApplicationContext context) {
    return attributes(context, SecurityContext.NONE);
  }

  private static Object attributes(ApplicationContext context, SecurityContext caller) {
    return metadata(context, caller).get("attributes");
  }

  private static Map<String, Object> metadata(ApplicationContext context, SecurityContext caller) {
    String[] path = {"keys", "equities", "daily", "AAPL"};
    Object key = endpoint(context).section(path, null, null, null, caller);
    return ((KeysSection.StoredKey) key).metadata();
  }

  @Test
  void theNewestCommitsShowUnlessOthersAreAskedFor() {
    contexts.run(
        context -> {
          for (int n = 1; n <= 25; n++) {
            context.getBean(Storage.class).write(StorageFixtures.bar("S" + n));
          }
          CommitsSection.Commits newest = (CommitsSection.Commits) read(context, "commits");
          assertThat(newest.head()).isEqualTo(25);
          assertThat(newest.commits())
              .hasSize(20)
              .last()
              .satisfies(c -> assertThat(c.sequence()).isEqualTo(25));
          CommitsSection.Commits first =
              (CommitsSection.Commits)
                  endpoint(context)
                      .section(new String[] {"commits"}, null, 1L, 2, SecurityContext.NONE);
          assertThat(first.commits())
              .extracting(CommitsSection.MadeCommit::sequence)
              .containsExactly(1L, 2L);
          assertThat(first.commits().get(0).changes())
              .extracting(CommitsSection.Change::key)
              .containsExactly("equities/daily/S1");
        });
  }

  @Test
  void writeOperationsAreForThoseWithAccess() {
    assertThat(Ml4tStorageEndpoint.class.getAnnotation(Endpoint.class).defaultAccess())
        .isEqualTo(Access.READ_ONLY);
    contexts.run(
        context -> {
          Ml4tStorageEndpoint endpoint = endpoint(context);
          context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
          Files.delete(root.resolve("equities/daily/AAPL.parquet"));
          assertThat((VerificationView) endpoint.run("verify", null))
              .satisfies(report -> assertThat(report.clean()).isFalse());
          assertThat(endpoint.run("refresh", null)).isEqualTo(Map.of("adopted", 0));
          context.getBean(FileSystemStorage.class).flush().join();
          assertThat((VerificationView) endpoint.run("verify", "default"))
              .satisfies(report -> assertThat(report.clean()).isTrue());
          assertThat(endpoint.run("vacuum", null)).isEqualTo(Map.of("done", true));
        });
  }

  @Test
  void oneOfSeveralStoresIsChosenByItsName() {
    contexts
        .withBean("ticks", FileSystemStorage.class, () -> FileSystemStorage.builder(root).build())
        .withBean(
            "bars",
            FileSystemStorage.class,
            () -> FileSystemStorage.builder(root.resolve("bars")).build())
        .run(
            context -> {
              assertThat(endpoint(context).summary().stores()).containsOnlyKeys("bars", "ticks");
              assertThat(endpoint(context).run("refresh", "bars")).isNotNull();
              assertThatExceptionOfType(InvalidEndpointRequestException.class)
                  .isThrownBy(() -> endpoint(context).run("refresh", null))
                  .satisfies(e -> assertThat(e.getReason()).contains("'default'", "[bars, ticks]"));
            });
  }

  @Test
  void anEndpointOfTheUserWins() {
    contexts
        .withBean("ml4tStorageEndpoint", Object.class)
        .run(context -> assertThat(context).doesNotHaveBean(Ml4tStorageEndpoint.class));
  }

  @Test
  void anEndpointThatIsNotExposedIsNoBean() {
    contexts
        .withPropertyValues("management.endpoints.web.exposure.include=health")
        .run(context -> assertThat(context).doesNotHaveBean(Ml4tStorageEndpoint.class));
  }

  @Test
  void anEndpointWithoutAccessIsNoBean() {
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.access=NONE")
        .run(context -> assertThat(context).doesNotHaveBean(Ml4tStorageEndpoint.class));
  }

  @Test
  void aStoreOfAnotherKindHasNoEndpoint() {
    contexts
        .withBean("own", AsyncStorage.class, () -> Mockito.mock(AsyncStorage.class))
        .run(context -> assertThat(context).doesNotHaveBean(Ml4tStorageEndpoint.class));
  }

  private static Object read(ApplicationContext context, String... path) {
    return endpoint(context).section(path, null, null, null, SecurityContext.NONE);
  }

  private static Ml4tStorageEndpoint endpoint(ApplicationContext context) {
    return context.getBean(Ml4tStorageEndpoint.class);
  }
}
