package io.ml4t.storage.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories laid out as ml4t-data 0.1 does it. */
class GenerationsTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final String ONE = "1".repeat(32);
  private static final String TWO = "2".repeat(32);

  @TempDir Path root;

  private PlainDirectoryStorage open() {
    return PlainDirectoryStorage.builder(root).build();
  }

  @Test
  void a_flat_generation_is_read_with_the_metadata_of_its_commit() throws IOException {
    write(folder("equities/daily/AAPL"), ONE, Map.of("data.parquet", Bars.daily(5, 100)));
    write(folder("crypto/daily/BTC/USD"), ONE, Map.of("data.parquet", Bars.daily(3, 7)));

    try (PlainDirectoryStorage storage = open()) {
      DataObject aapl = storage.read(AAPL);
      assertThat(aapl.data()).isEqualTo(Bars.daily(5, 100));
      assertThat(aapl.metadata().provider()).isEqualTo("yahoo");
      assertThat(aapl.metadata().exchange()).contains("NASDAQ");
      assertThat(aapl.metadata().downloadUtcTimestamp())
          .contains(Instant.parse("2026-03-01T12:34:56.789012Z"));
      assertThat(aapl.metadata().lastUpdated()).contains(Instant.parse("2026-03-02T00:00:00Z"));
      assertThat(aapl.metadata().fields()).doesNotContainKeys("schema", "row_count", "custom");
      assertThat(storage.listKeys())
          .containsExactly(StorageKey.of("crypto", "daily", "BTC/USD"), AAPL);
      assertThat(storage.read(StorageKey.of("crypto", "daily", "BTC/USD")).data().rowCount())
          .isEqualTo(3);
      assertThat(storage.versions(AAPL)).hasSize(1);
      assertThat(storage.exists("equities/daily/MSFT")).isFalse();
    }
  }

  @Test
  void the_partitions_of_a_hive_are_put_together_in_order_of_time() throws IOException {
    DataFrame all = Bars.dailyFrom(Instant.parse("2023-12-01T00:00:00Z"), 400, 1);
    Map<String, DataFrame> parts = new LinkedHashMap<>();
    parts.put("year=2024/month=10/data.parquet", all.slice(305, 336));
    parts.put("year=2024/month=2/data.parquet", all.slice(62, 305));
    parts.put("year=2024/month=11/data.parquet", all.slice(336, 400));
    parts.put("year=2024/month=1/data.parquet", all.slice(31, 62));
    parts.put("year=2023/month=12/data.parquet", all.slice(0, 31));
    write(folder("equities/daily/AAPL"), ONE, parts);

    try (PlainDirectoryStorage storage = open()) {
      assertThat(storage.read(AAPL).data()).isEqualTo(all);
      DataObject part =
          storage.read(
              AAPL,
              ReadOptions.defaults()
                  .withColumns("close")
                  .withRange(Instant.parse("2024-01-01T00:00:00Z"), null));
      assertThat(part.data().columnNames()).containsExactly("close");
      assertThat(part.data().rowCount()).isEqualTo(369);
    }
  }

  @Test
  void days_and_hours_are_partitions_too_and_a_hive_may_be_empty() throws IOException {
    write(
        folder("equities/daily/AAPL"),
        ONE,
        Map.of("year=2024/month=1/day=2/hour=0/data.parquet", Bars.daily(1, 1)));
    write(folder("equities/daily/NONE"), ONE, Map.of());

    try (PlainDirectoryStorage storage = open()) {
      assertThat(storage.read(AAPL).data()).isEqualTo(Bars.daily(1, 1));
      DataObject none = storage.read("equities/daily/NONE");
      none.requireComplete();
      assertThat(none.data().rowCount()).isZero();
    }
  }

  @Test
  void the_pointer_decides_which_generation_is_read() throws IOException {
    Path folder = folder("equities/daily/AAPL");
    write(folder, ONE, Map.of("data.parquet", Bars.daily(5, 100)));
    try (PlainDirectoryStorage storage = open()) {
      write(folder, TWO, Map.of("data.parquet", Bars.daily(6, 100)));
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(6);
      Files.writeString(folder.resolve("CURRENT"), ONE + "\n");
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(5);
    }
  }

  @Test
  void a_broken_pointer_or_commit_is_named_and_nothing_older_is_read_instead() throws IOException {
    Path folder = folder("equities/daily/AAPL");
    write(folder, ONE, Map.of("data.parquet", Bars.daily(5, 100)));
    try (PlainDirectoryStorage storage = open()) {
      Files.writeString(folder.resolve("CURRENT"), TWO);
      assertCorrupt(storage, "commits/" + TWO + ".json");
      Files.writeString(folder.resolve("CURRENT"), "../../" + ONE);
      assertCorrupt(storage, "CURRENT");
      Files.writeString(folder.resolve("CURRENT"), ONE);
      Files.writeString(folder.resolve("commits/" + ONE + ".json"), "{");
      assertCorrupt(storage, "it is not JSON");
      Files.writeString(
          folder.resolve("commits/" + ONE + ".json"),
          "{\"generation\": \"" + TWO + "\", \"metadata\": {}}");
      assertCorrupt(storage, "its files are gone");
      Files.writeString(folder.resolve("commits/" + ONE + ".json"), "{\"format_version\": 2}");
      assertThatThrownBy(() -> storage.read(AAPL)).isInstanceOf(UnsupportedFormatException.class);
    }
  }

  private static void assertCorrupt(PlainDirectoryStorage storage, String reason) {
    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> storage.read(AAPL))
        .withMessageContaining(reason);
  }

  @Test
  void partitions_with_other_columns_are_refused() throws IOException {
    write(
        folder("equities/daily/AAPL"),
        ONE,
        Map.of(
            "year=2023/data.parquet",
            Bars.daily(1, 1),
            "year=2024/data.parquet",
            Bars.daily(1, 1).withColumn("volume", Bars.daily(1, 1).column("close"))));

    try (PlainDirectoryStorage storage = open()) {
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> storage.read(AAPL))
          .withMessageContaining("year=2024/data.parquet");
    }
  }

  @Test
  void keys_that_are_not_of_three_parts_are_told_apart() throws IOException {
    write(folder("equities/daily/AAPL"), ONE, Map.of("data.parquet", Bars.daily(5, 100)));
    write(folder("yahoo/AAPL"), ONE, Map.of("data.parquet", Bars.daily(5, 100)));
    write(root.resolve("k1_!"), ONE, Map.of("data.parquet", Bars.daily(5, 100)));

    try (PlainDirectoryStorage storage = open()) {
      assertThat(storage.listKeys()).containsExactly(AAPL);
      assertThat(storage.unusable("").values().stream().map(Throwable::getMessage))
          .hasSize(2)
          .anyMatch(text -> text.contains("'yahoo/AAPL'") && text.contains("2 parts"))
          .anyMatch(text -> text.contains("k1_!"));
    }
  }

  @Test
  void nothing_is_written_to_it() throws IOException {
    write(folder("equities/daily/AAPL"), ONE, Map.of("data.parquet", Bars.daily(5, 100)));

    try (PlainDirectoryStorage storage = open()) {
      assertThatThrownBy(() -> storage.write(Bars.of("AAPL", 1, 1)))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("read only");
    }
  }

  private Path folder(String key) {
    return root.resolve(
        "k1_"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** A generation and its commit, both of that id, and the pointer to it. */
  private static void write(Path folder, String id, Map<String, DataFrame> files)
      throws IOException {
    Path generation = Files.createDirectories(folder.resolve("generations").resolve(id));
    for (Map.Entry<String, DataFrame> file : files.entrySet()) {
      Path target = generation.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      var encoded = FrameCodec.builder().build().encode(file.getValue(), Map.of());
      ByteBuffer bytes = ByteBuffer.allocate((int) encoded.length());
      List.copyOf(encoded.buffers()).forEach(bytes::put);
      Files.write(target, bytes.array());
    }
    Files.createDirectories(folder.resolve("commits"));
    Files.writeString(
        folder.resolve("commits").resolve(id + ".json"),
        """
        {
          "format_version": 1,
          "generation": "%s",
          "metadata": {
            "last_updated": "2026-03-02T00:00:00",
            "row_count": 5,
            "schema": ["timestamp", "open"],
            "custom": {
              "provider": "yahoo",
              "bar_type": "time",
              "bar_params": {"frequency": "daily"},
              "exchange": "NASDAQ",
              "calendar": null,
              "last_updated": null,
              "download_utc_timestamp": "2026-03-01 12:34:56.789012+00:00"
            }
          }
        }
        """
            .formatted(id));
    Files.writeString(folder.resolve("CURRENT"), id + "\n");
  }
}
