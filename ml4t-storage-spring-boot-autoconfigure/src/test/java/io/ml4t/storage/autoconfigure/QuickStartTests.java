package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The examples of the README. */
class QuickStartTests {
  @TempDir Path root;

  @Test
  void theStoreWorksWithoutSpring() {
    try (AsyncStorage storage =
        FileSystemStorage.builder(root).lockTimeout(Duration.ofSeconds(30)).build()) {
      StorageKey key = storage.write(aapl()).join();
      double[] close = storage.read(key).join().data().doubles("close").toArray();
      Storage blocking = storage.blocking();
      assertThat(key).hasToString("equities/daily/AAPL");
      assertThat(close).containsExactly(104.0);
      assertThat(blocking.exists(key)).isTrue();
      assertThat(root.resolve("equities/daily/AAPL.parquet")).exists();
      assertThat(root.resolve("equities/daily/AAPL.json")).exists();
    }
  }

  @Test
  void aServiceGetsTheStoreInjected() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(Ml4tStorageAutoConfiguration.class))
        .withPropertyValues("ml4t.storage.data-root=" + root)
        .withBean(Prices.class)
        .run(
            context -> {
              context.getBean(Storage.class).write(aapl());
              assertThat(context.getBean(Prices.class).closes("AAPL").join())
                  .containsExactly(104.0);
            });
  }

  private static DataObject aapl() {
    DataFrame bars =
        DataFrame.of(
            List.of(
                new Bar(
                    Instant.parse("2024-01-02T00:00:00Z"), 100.0, 105.0, 99.0, 104.0, 1_000_000)));
    return new DataObject(
        bars, Metadata.builder("equities", "daily", "AAPL").provider("yahoo").build());
  }

  static class Prices {
    private final AsyncStorage storage;

    Prices(AsyncStorage storage) {
      this.storage = storage;
    }

    CompletableFuture<double[]> closes(String symbol) {
      return storage
          .read(StorageKey.of("equities", "daily", symbol))
          .thenApply(stored -> stored.data().doubles("close").toArray());
    }
  }
}
