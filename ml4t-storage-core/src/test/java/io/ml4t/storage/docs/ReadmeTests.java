package io.ml4t.storage.docs;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example without Spring. */
class ReadmeTests {
  @TempDir Path root;

  @Test
  void theStoreWorksWithoutSpring() {
    AsyncStorage storage =
        FileSystemStorage.builder(root.resolve("data")).lockTimeout(Duration.ofSeconds(30)).build();

    DataFrame bars =
        DataFrame.of(
            List.of(
                new Bar(
                    Instant.parse("2024-01-02T00:00:00Z"), 100.0, 105.0, 99.0, 104.0, 1_000_000)));
    DataObject aapl =
        new DataObject(
            bars, Metadata.builder("equities", "daily", "AAPL").provider("yahoo").build());

    StorageKey key = storage.write(aapl).join();
    double[] close = storage.read(key).join().data().doubles("close").toArray();
    Storage blocking = storage.blocking();

    try (storage) {
      assertThat(key).hasToString("equities/daily/AAPL");
      assertThat(close).containsExactly(104.0);
      assertThat(blocking.exists(key)).isTrue();
      assertThat(root.resolve("data/equities/daily/AAPL.parquet")).exists();
      assertThat(root.resolve("data/equities/daily/AAPL.json")).exists();
    }
  }
}
