package io.ml4t.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.io.csv.BadRows;
import io.ml4t.storage.io.csv.CsvFormat;
import io.ml4t.storage.io.csv.CsvFormatException;
import io.ml4t.storage.io.parquet.ParquetFormat;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameImportTests {
  private static final String HEADER = "timestamp,open,high,low,close,volume\n";
  private static final String ROW = "2024-01-02,100,105,99,104,1000000\n";
  private static final KeyTemplate DAILY =
      KeyTemplate.of("{symbol}.csv").withAssetClass("equities").withFrequency("daily");
  private static final KeyTemplate PATHS =
      KeyTemplate.of("{asset_class}/{frequency}/{symbol}.parquet");

  @TempDir Path root;
  @TempDir Path folder;

  private AsyncStorage async;
  private Storage storage;

  @BeforeEach
  void openStore() {
    async = FileSystemStorage.builder(root).durability(Durability.RELAXED).build();
    storage = async.blocking();
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  private TransferReport importCsv(FrameImport options) throws IOException {
    return options.run(new Folder(folder, DAILY, CsvFormat.defaults()));
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void importsEachFileAndTellsOfEachThatItCannot() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    file("BAD.csv", HEADER + ROW.replace("104", "high"));
    file("MSFT.CSV", HEADER + ROW + ROW.replace("02", "03"));
    file("notes.txt", "no CSV");
    file(".hidden/AAPL.csv", HEADER + ROW);
    Set<String> told = ConcurrentHashMap.newKeySet();

    TransferReport report =
        importCsv(
            FrameImport.into(async)
                .metadata(metadata -> metadata.provider("vendor").exchange("XNAS"))
                .onFile(outcome -> told.add(outcome.source())));

    assertThat(report.done()).isEqualTo(2);
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.ignored()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.source()).isEqualTo("BAD.csv");
              assertThat(failure.key()).isEqualTo(StorageKey.of("equities", "daily", "BAD"));
              assertThat(failure.error()).isInstanceOf(CsvFormatException.class);
            });
    assertThat(report.text())
        .startsWith("2 done (3 rows, 0 left out), 0 skipped, 1 failed, 1 files ignored")
        .contains("BAD.csv: line 2, column 'close': 'high' is not a number");
    assertThat(report.toJson()).contains("\"status\" : \"failed\"").contains("\"bad_rows\" : 0");
    assertThat(told).containsExactlyInAnyOrder("AAPL.csv", "BAD.csv", "MSFT.CSV");
    Metadata metadata = storage.read("equities/daily/MSFT").metadata();
    assertThat(metadata.provider()).isEqualTo("vendor");
    assertThat(metadata.exchange()).contains("XNAS");
    assertThat(metadata.lastUpdated()).isPresent();
  }

  @Test
  void tellsOfRowsThatWereLeftOut() throws IOException {
    file("AAPL.csv", HEADER + ROW + "tomorrow,1,1,1,1,1\n");
    TransferReport report =
        FrameImport.into(storage)
            .run(new Folder(folder, DAILY, CsvFormat.builder().badRows(BadRows.SKIP).build()));
    assertThat(report.done()).isEqualTo(1);
    assertThat(report.badRows()).isEqualTo(1);
    assertThat(report.text()).contains("left out line 3, column 'timestamp': 'tomorrow' is not");
  }

  @Test
  void doesWithKeysThatExistWhatItIsTold() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    importCsv(FrameImport.into(async));
    file("AAPL.csv", HEADER + ROW.replace("02", "03"));

    assertThat(importCsv(FrameImport.into(async).existing(ExistingKeys.SKIP)).skipped())
        .isEqualTo(1);
    assertThat(importCsv(FrameImport.into(async).existing(ExistingKeys.FAIL)).failures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.error()).isInstanceOf(CommitConflictException.class));
    assertThat(storage.versions(StorageKey.parse("equities/daily/AAPL"))).hasSize(1);

    importCsv(FrameImport.into(async).existing(ExistingKeys.APPEND));
    assertThat(storage.read("equities/daily/AAPL").data().rowCount()).isEqualTo(2);
    importCsv(FrameImport.into(async));
    assertThat(storage.read("equities/daily/AAPL").data().rowCount()).isEqualTo(1);
  }

  @Test
  void refusesTheSecondFileOfOneKey() throws IOException {
    file("A%2FB.csv", HEADER + ROW);
    file("x/A%2FB.csv", HEADER + ROW);
    KeyMapping lastName = path -> DAILY.keyOf(path.substring(path.lastIndexOf('/') + 1));
    TransferReport report =
        FrameImport.into(async).run(new Folder(folder, lastName, CsvFormat.defaults()));
    assertThat(report.done()).isEqualTo(1);
    assertThat(report.failures().get(0).reason()).contains("is the key of A%2FB.csv already");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(
            () ->
                FrameImport.into(async)
                    .run(new Folder(folder.resolve("none"), DAILY, CsvFormat.defaults())));
  }

  @Test
  void whatIsExportedAsParquetIsImportedWithItsMetadata() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    file("BTC%2FUSD.csv", HEADER + ROW);
    importCsv(FrameImport.into(async).metadata(m -> m.provider("p").calendar("NYSE")));
    Path out = folder.resolve("out");
    TransferReport exported =
        FolderExport.from(storage.snapshot()).run(out, PATHS, ParquetFormat.defaults());
    assertThat(exported.done()).isEqualTo(2);
    List<StorageKey> keys = storage.listKeys();
    var before = storage.readAll(keys);
    keys.forEach(storage::delete);

    TransferReport imported =
        FrameImport.into(storage).run(new Folder(out, PATHS, ParquetFormat.defaults()));

    assertThat(imported.done()).isEqualTo(2);
    assertThat(storage.readAll(keys)).isEqualTo(before);
  }

  @Test
  void whatIsExportedAsCsvIsImportedWithEqualRows() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    importCsv(FrameImport.into(async));
    var before = storage.read("equities/daily/AAPL");
    Path out = folder.resolve("out");
    assertThat(FolderExport.from(storage).run(out, DAILY, CsvFormat.defaults()).done())
        .isEqualTo(1);
    assertThat(out.resolve("AAPL.csv"))
        .hasContent(HEADER + "2024-01-02T00:00:00,100.0,105.0,99.0,104.0,1000000\n");
    FrameImport.into(storage).run(new Folder(out, DAILY, CsvFormat.defaults()));
    assertThat(storage.read("equities/daily/AAPL").data()).isEqualTo(before.data());
  }

  @Test
  void exportLeavesNoHalfFileAndTellsOfWhatHasNoName() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    importCsv(FrameImport.into(async));
    Path out = folder.resolve("out");
    TransferReport report =
        FolderExport.from(storage)
            .run(
                out,
                PATHS,
                (data, to) -> {
                  to.write(1);
                  throw new IOException("disk full");
                });
    assertThat(report.failures()).hasSize(1);
    try (var files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
    KeyTemplate hourly = KeyTemplate.of("{symbol}").withAssetClass("equities").withFrequency("1h");
    assertThat(
            FolderExport.from(storage)
                .run(out, hourly, CsvFormat.defaults())
                .failures()
                .get(0)
                .reason())
        .contains("has no {frequency}");
  }

  @Test
  void takesColumnsOfParquetFilesUnderOtherNames() throws IOException {
    file("AAPL.csv", HEADER + ROW);
    importCsv(FrameImport.into(async));
    Path out = folder.resolve("out");
    FolderExport.from(storage)
        .run(
            out,
            PATHS,
            (data, to) -> {
              var frame =
                  data.data()
                      .select(List.of("open", "high", "low", "close", "volume"))
                      .withColumn("Date", data.data().column("timestamp"));
              var bytes = FrameCodec.builder().build().encode(frame, Map.of());
              for (var buffer : bytes.buffers()) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                to.write(part);
              }
            });
    storage.delete("equities/daily/AAPL");
    Folder plain = new Folder(out, PATHS, ParquetFormat.defaults());
    assertThat(FrameImport.into(storage).run(plain).failures().get(0).reason())
        .contains("column 'timestamp' is missing");
    Folder named = new Folder(out, PATHS, ParquetFormat.defaults().withColumn("Date", "timestamp"));
    assertThat(FrameImport.into(storage).run(named).done()).isEqualTo(1);
  }
}
