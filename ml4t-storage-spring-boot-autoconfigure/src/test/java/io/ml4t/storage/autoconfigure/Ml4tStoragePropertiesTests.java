package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PlainViewMode;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.parquet.Compression;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.MockedStatic;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.TaskDecorator;

/** How each property reaches the store's builder. The builder is a mock: no store is opened. */
class Ml4tStoragePropertiesTests {
  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(Ml4tStorageAutoConfiguration.class));
  private final FileSystemStorageBuilder builder =
      mock(FileSystemStorageBuilder.class, RETURNS_SELF);
  private final FileSystemStorage storage = mock(FileSystemStorage.class);
  private MockedStatic<FileSystemStorage> factory;

  @BeforeEach
  void replaceTheBuilder() {
    doReturn(storage).when(builder).build();
    factory = mockStatic(FileSystemStorage.class);
    factory.when(() -> FileSystemStorage.builder(any())).thenReturn(builder);
  }

  @AfterEach
  void restoreTheBuilder() {
    factory.close();
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    contexts.run(
        context -> {
          assertThat(context).hasNotFailed();
          factory.verify(() -> FileSystemStorage.builder(Path.of("./data")));
          verify(builder).createRoot(true);
          verify(builder).lockTimeout(Duration.ofSeconds(30));
          verify(builder).retry(3, Duration.ofMillis(100), Duration.ofSeconds(5));
          verify(builder).durability(Durability.FSYNC);
          verify(builder).compression(Compression.ZSTD);
          verify(builder).compressionLevel(3);
          verify(builder).inlineLimit(256 * 1024);
          verify(builder).readCache(32 << 20);
          verify(builder).checkpointInterval(1_000);
          verify(builder).keepVersions(3);
          verify(builder).minVersionAge(Duration.ofMinutes(5));
          verify(builder).plainView(PlainViewMode.LINK);
          verify(builder).publish(PublishMode.WITH_COMMIT);
          verify(builder).inFlight(1_024);
          verify(builder, never()).bytesInFlight(anyLong());
          verify(builder).queue(100_000, Duration.ofSeconds(30));
          verify(builder).closeTimeout(Duration.ofSeconds(30));
          verify(builder, never()).taskDecorator(any());
        });
  }

  @ParameterizedTest
  @MethodSource("properties")
  void eachPropertyTakesEffect(String property, Effect effect) {
    contexts
        .withPropertyValues("ml4t.storage." + property)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              effect.on(verify(builder));
            });
  }

  static Stream<Object[]> properties() {
    return Stream.of(
        row("create-root=false", b -> b.createRoot(false)),
        row("inline-limit=64KB", b -> b.inlineLimit(64 * 1024)),
        row("read-cache=8MB", b -> b.readCache(8 << 20)),
        row("checkpoint-interval=50", b -> b.checkpointInterval(50)),
        row("lock-timeout=250ms", b -> b.lockTimeout(Duration.ofMillis(250))),
        row("retry.max-attempts=5", b -> b.retry(5, Duration.ofMillis(100), Duration.ofSeconds(5))),
        row("retry.base-delay=1s", b -> b.retry(3, Duration.ofSeconds(1), Duration.ofSeconds(5))),
        row("retry.max-delay=1m", b -> b.retry(3, Duration.ofMillis(100), Duration.ofMinutes(1))),
        row("durability=relaxed", b -> b.durability(Durability.RELAXED)),
        row("compression=snappy", b -> b.compression(Compression.SNAPPY)),
        row("compression-level=9", b -> b.compressionLevel(9)),
        row("versions.keep=10", b -> b.keepVersions(10)),
        row("versions.min-age=1h", b -> b.minVersionAge(Duration.ofHours(1))),
        row("plain-view.mode=copy", b -> b.plainView(PlainViewMode.COPY)),
        row("plain-view.mode=off", b -> b.plainView(PlainViewMode.OFF)),
        row("plain-view.publish=behind", b -> b.publish(PublishMode.BEHIND)),
        row("in-flight.max-operations=7", b -> b.inFlight(7)),
        row("in-flight.max-bytes=64MB", b -> b.bytesInFlight(64L << 20)),
        row("in-flight.max-queue=8", b -> b.queue(8, Duration.ofSeconds(30))),
        row("in-flight.max-queue-wait=1s", b -> b.queue(100_000, Duration.ofSeconds(1))),
        row("close-timeout=5s", b -> b.closeTimeout(Duration.ofSeconds(5))));
  }

  private static Object[] row(String property, Effect effect) {
    return new Object[] {property, effect};
  }

  @Test
  void aDataRootThatIsAlsoAFolderOnTheClassPathMeansTheFolderOnDisk() {
    contexts
        .withPropertyValues("ml4t.storage.data-root=META-INF")
        .run(context -> factory.verify(() -> FileSystemStorage.builder(Path.of("META-INF"))));
  }

  @Test
  void taskDecoratorsOfTheApplicationCarryItsContextAlong() {
    contexts
        .withBean(TaskDecorator.class, () -> task -> task)
        .run(context -> verify(builder).taskDecorator(any()));
  }

  @Test
  void customizersHaveTheLastWordInTheirOrder() {
    contexts
        .withBean(
            "first",
            FileSystemStorageBuilderCustomizer.class,
            () -> builder -> builder.inlineLimit(1))
        .run(
            context -> {
              var order = inOrder(builder);
              order.verify(builder).publish(PublishMode.WITH_COMMIT);
              order.verify(builder).inlineLimit(1);
              order.verify(builder).build();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "data-root, ' ', the path of a folder",
    "lock-timeout, -1s, not negative",
    "retry.max-attempts, 0, at least 1",
    "retry.base-delay, 0s, at least 1ms",
    "retry.max-delay, 50ms, at least ml4t.storage.retry.base-delay",
    "compression-level, 23, -100 to 22",
    "inline-limit, 1GB, 0B to 16MB",
    "read-cache, -1B, not negative",
    "checkpoint-interval, 0, at least 1",
    "versions.keep, 0, at least 1",
    "versions.min-age, -1s, not negative",
    "in-flight.max-operations, 0, at least 1",
    "in-flight.max-bytes, -1B, not negative",
    "in-flight.max-queue, -1, at least 0",
    "in-flight.max-queue-wait, -1s, not negative",
    "close-timeout, -1s, not negative",
  })
  void aValueThatCannotWorkStopsTheStart(String name, String value, String expected) {
    contexts
        .withPropertyValues("ml4t.storage." + name + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith("Cannot set ml4t.storage." + name + " to '")
                    .hasMessageContaining(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "lock-timeout, soon",
    "retry.max-attempts, many",
    "durability, perhaps",
    "compression, zip",
    "plain-view.mode, hologram",
    "plain-view.publish, never",
  })
  void aValueOfTheWrongTypeStopsTheStart(String name, String value) {
    contexts
        .withPropertyValues("ml4t.storage." + name + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(
                        "Failed to bind properties under 'ml4t.storage." + name)
                    .hasStackTraceContaining(value));
  }

  @Test
  void theStoreClosesOnce() {
    contexts.run(context -> assertThat(context).hasNotFailed());
    verify(storage, times(1)).close();
  }

  @Test
  void theStoreClosesWhenTheStartFailsAfterItWasOpened() {
    contexts
        .withBean(
            "broken",
            Object.class,
            () -> {
              throw new IllegalStateException("broken");
            },
            definition -> definition.setDependsOn("ml4tAsyncStorage"))
        .run(context -> assertThat(context).hasFailed());
    verify(storage, times(1)).close();
  }

  @FunctionalInterface
  interface Effect {
    @SuppressWarnings("CheckReturnValue")
    void on(FileSystemStorageBuilder builder);
  }
}
