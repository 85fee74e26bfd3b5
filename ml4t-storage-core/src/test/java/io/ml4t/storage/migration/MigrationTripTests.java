package io.ml4t.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.directory.SidecarStyle;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import io.ml4t.storage.regime.ForeignWriter;
import io.ml4t.storage.regime.Regime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory of ml4t-data goes into a store, out again into a plain directory of each style, and
 * into another store. Nothing is another at the end.
 */
class MigrationTripTests {
  private static final Column NO_DIVIDEND =
      DoubleColumn.wrap(new double[50], Validity.ofNullBits(50, new long[] {0x1555555555555L}));

  @TempDir Path root;
  private final List<String> violations = Regime.violations();
  private int frames;
  private int fields;

  @Test
  void frames_and_every_field_of_their_metadata_survive_the_whole_trip() throws IOException {
    Map<StorageKey, DataObject> originals = new TreeMap<>();
    for (DataObject data : List.of(equity(), crypto(), index(), volumeBars())) {
      originals.put(data.key(), data);
      ForeignWriter.RENAMES.write(root.resolve("python"), data);
    }

    for (SidecarStyle style : SidecarStyle.values()) {
      Path there = root.resolve(style + "/there");
      Path plain = root.resolve(style + "/plain");
      Path back = root.resolve(style + "/back");
      try (Storage python =
              PlainDirectoryStorage.builder(root.resolve("python")).readOnly().build();
          FileSystemStorage store = FileSystemStorage.builder(there).build();
          Storage out = PlainDirectoryStorage.builder(plain).sidecars(style).build();
          FileSystemStorage last = FileSystemStorage.builder(back).build()) {
        check(StorageMigrator.from(python).to(store));
        check(StorageMigrator.from(store).to(out));
        check(StorageMigrator.from(out).to(last));
        originals.forEach((key, original) -> compare(style, original, last.blocking().read(key)));
        assertThat(last.blocking().listKeys()).containsExactlyElementsOf(originals.keySet());
      }
    }
    Regime.figure(
        "migration-trip",
        "%d frames and %d fields compared, differing %d"
            .formatted(frames, fields, violations.size()),
        "differing 0",
        violations);
  }

  private void check(StorageMigrator migrator) {
    MigrationReport report = migrator.verify(true).run();
    if (!report.isComplete()) {
      violations.add(report.toText());
    }
  }

  private void compare(SidecarStyle style, DataObject original, DataObject found) {
    frames++;
    if (!found.data().equals(original.data())) {
      violations.add("%s %s: %s".formatted(style, original.key(), found.data()));
    }
    original
        .metadata()
        .fields()
        .forEach(
            (name, value) -> {
              fields++;
              if (!found.metadata().fields().containsKey(name)
                  || !Objects.equals(value, found.metadata().fields().get(name))) {
                violations.add("%s %s: field %s".formatted(style, original.key(), name));
              }
            });
    if (found.metadata().fields().size() != original.metadata().fields().size()) {
      violations.add("%s %s: further fields".formatted(style, original.key()));
    }
  }

  private static DataObject equity() {
    return new DataObject(
        local(Bars.daily(252, 100)),
        Metadata.parse(
            """
            {
              "provider": "yahoo",
              "symbol": "AAPL",
              "asset_class": "equities",
              "bar_type": "time",
              "bar_params": {"frequency": "daily"},
              "exchange": "NASDAQ",
              "calendar": "NYSE",
              "start_date": "2013-01-02T00:00:00",
              "end_date": "2013-12-31T00:00:00",
              "last_updated": null,
              "schema_version": "1.0",
              "download_utc_timestamp": "2026-03-01T12:34:56.789012Z",
              "data_range": {"start": "2013-01-02", "end": "2013-12-31"},
              "provider_params": {"adjusted": false, "retries": 3, "note": "split 7:1 — not applied"},
              "attributes": {"tags": ["a", 1, 2.5, null], "nested": {"deep": true}}
            }
            """));
  }

  private static DataObject crypto() {
    DataFrame bars = local(Bars.daily(1_000, 0.001));
    return new DataObject(
        bars.withColumn("volume", bars.column("close")),
        Metadata.parse(
            """
            {
              "provider": "coinbase",
              "symbol": "BTC/USD",
              "asset_class": "crypto",
              "bar_type": "time",
              "bar_params": {"frequency": "4hour"},
              "exchange": "COINBASE",
              "calendar": null,
              "schema_version": "1.0",
              "download_utc_timestamp": "2026-03-01T12:34:56.789012+00:00",
              "data_range": {},
              "provider_params": {}
            }
            """));
  }

  /** The oldest form, negative epochs, and holes. */
  private static DataObject index() {
    DataFrame bars = Bars.dailyFrom(Instant.parse("1950-01-03T00:00:00Z"), 50, 16);
    return new DataObject(
        local(bars).withColumn("dividend", NO_DIVIDEND),
        Metadata.parse(
            """
            {
              "provider": "yahoo",
              "symbol": "^GSPC",
              "asset_class": "index",
              "schema_version": "1.0",
              "download_utc_timestamp": "2026-03-01T12:34:56.789012+00:00",
              "data_range": {},
              "provider_params": {},
              "frequency": "weekly"
            }
            """));
  }

  private static DataObject volumeBars() {
    return new DataObject(
        Bars.daily(10, 5),
        Metadata.builder("futures", "volume", Map.of("threshold", 1_000), "ES=F")
            .provider("databento")
            .exchange("CME")
            .build());
  }

  /** With local timestamps in microseconds, as Polars writes date-times without a zone. */
  private static DataFrame local(DataFrame frame) {
    TimestampColumn times = frame.timestamps("timestamp");
    return frame.withColumn(
        "timestamp", TimestampColumn.of(TimestampUnit.MICROS, false, times.toArray()));
  }
}
