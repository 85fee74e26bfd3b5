package io.ml4t.storage.io.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.ExportMode;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.ExistingKeys;
import io.ml4t.storage.io.Folder;
import io.ml4t.storage.io.FolderExport;
import io.ml4t.storage.io.FrameImport;
import io.ml4t.storage.io.KeyTemplate;
import io.ml4t.storage.io.TransferReport;
import io.ml4t.storage.io.csv.BadRows;
import io.ml4t.storage.io.csv.CsvFormat;
import io.ml4t.storage.io.jdbc.JdbcQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on import and export. */
class ImportExportPageTests {
  private static final String HEADER = "timestamp,open,high,low,close,volume\n";
  private static final String ROW = "2024-01-02,100,105,99,104,1000000\n";

  @TempDir Path root;

  private FileSystemStorage storage;

  @BeforeEach
  void openStore() {
    storage = FileSystemStorage.builder(root.resolve("data")).build();
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  @Test
  void aFolderIsImportedAndTheReportIsThatOfThePage() throws IOException {
    Path incoming = Files.createDirectory(root.resolve("incoming"));
    Files.writeString(incoming.resolve("AAPL.csv"), HEADER + ROW);
    Files.writeString(incoming.resolve("BAD.csv"), HEADER + ROW.replace("104", "high"));
    Files.writeString(incoming.resolve("MSFT.csv"), HEADER + ROW + ROW.replace("-02", "-03"));
    Files.writeString(incoming.resolve("notes.txt"), "no CSV");

    KeyTemplate keys =
        KeyTemplate.of("{symbol}.csv").withAssetClass("equities").withFrequency("daily");
    TransferReport report =
        FrameImport.into(storage)
            .metadata(metadata -> metadata.provider("vendor").exchange("XNAS"))
            .existing(ExistingKeys.APPEND)
            .run(new Folder(root.resolve("incoming"), keys, CsvFormat.defaults()));
    System.out.println(report.text());

    assertThat(Files.readString(Path.of("../docs/import-export.md")))
        .contains(
            report
                .text()
                .replaceFirst("[0-9.]+ s\n", "0.1 s\n")
                .replace(root.toString(), "/data")
                .strip());
    assertThat(storage.read("equities/daily/MSFT").join().metadata().provider())
        .isEqualTo("vendor");
  }

  @Test
  void aFormatOfManySettingsReadsWhatItIsFor() throws IOException {
    CsvFormat format =
        CsvFormat.builder()
            .separator(';')
            .decimalSeparator(',')
            .lowerCaseHeader()
            .column("datum", "timestamp")
            .timestampPatterns("dd.MM.yyyy HH:mm", "dd.MM.yyyy")
            .zone(ZoneId.of("Europe/Berlin"))
            .nulls("null", "N/A")
            .badRows(BadRows.SKIP)
            .build();

    Files.writeString(
        root.resolve("SAP.csv"),
        """
        Datum;Open;High;Low;Close;Volume
        02.01.2024;139,5;140,25;138,0;N/A;1000
        02.01.2024 18:30;139,5;140,25;138,0;139,75;2000
        03.01.2024;much;140,25;138,0;139,0;3000
        """);
    TransferReport report =
        FrameImport.into(storage)
            .run(new Folder(root, path -> StorageKey.of("equities", "daily", "SAP"), format));
    assertThat(report.badRows()).isEqualTo(1);
    DataFrame frame = storage.read("equities/daily/SAP").join().data();
    assertThat(frame.timestamps("timestamp").value(1))
        .isEqualTo(Instant.parse("2024-01-02T17:30:00Z"));
    assertThat(frame.doubles("close").value(1)).isEqualTo(139.75);
    assertThat(frame.doubles("close").isNull(0)).isTrue();
  }

  @Test
  void queriesBecomeOneFrameOrMany() throws Exception {
    DataSource dataSource = bars();
    LocalDateTime from = LocalDateTime.parse("2024-01-02T00:00");

    String columns = "SELECT symbol, ts AS timestamp, open, high, low, close, volume FROM bars ";
    JdbcQuery one = JdbcQuery.of(dataSource, columns + "WHERE symbol = ? ORDER BY ts", "AAPL");
    FrameImport.into(storage).run(one.as(StorageKey.of("equities", "hourly", "AAPL")));

    JdbcQuery all = JdbcQuery.of(dataSource, columns + "WHERE ts >= ? ORDER BY symbol, ts", from);
    FrameImport.into(storage)
        .run(
            all.groupedBy(
                List.of("symbol"), values -> StorageKey.of("equities", "daily", values.get(0))));
    DataFrame frame = all.read();

    assertThat(frame.rowCount()).isEqualTo(3);
    assertThat(storage.listKeys().join())
        .extracting(StorageKey::toString)
        .containsExactly("equities/daily/AAPL", "equities/daily/MSFT", "equities/hourly/AAPL");
    assertThat(storage.read("equities/daily/AAPL").join().data().rowCount()).isEqualTo(1);
    assertThat(storage.read("equities/hourly/AAPL").join().data().rowCount()).isEqualTo(2);
  }

  private static DataSource bars() throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:page;DB_CLOSE_DELAY=-1");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE bars AS SELECT symbol, CAST(ts AS TIMESTAMP) AS ts, CAST(1 AS DOUBLE PRECISION) AS open,
            CAST(3 AS DOUBLE PRECISION) AS high, CAST(1 AS DOUBLE PRECISION) AS low,
            CAST(2 AS DOUBLE PRECISION) AS close, CAST(10 AS BIGINT) AS volume
          FROM (VALUES ('AAPL', '2024-01-01 00:00:00'), ('AAPL', '2024-01-02 00:00:00'),
            ('MSFT', '2024-01-02 00:00:00'), ('MSFT', '2024-01-03 00:00:00')) AS t(symbol, ts)
          """);
    }
    return source;
  }

  @Test
  void oneMomentIsExportedAsCsv() throws IOException {
    storage.write(Aapl.closingAt(104)).join();

    FolderExport.from(storage.blocking().snapshot())
        .prefix("equities")
        .run(
            root.resolve("out"),
            KeyTemplate.of("{asset_class}/{frequency}/{symbol}.csv"),
            CsvFormat.defaults());

    assertThat(root.resolve("out/equities/daily/AAPL.csv"))
        .content()
        .startsWith(HEADER + "2024-01-02T00:00:00Z,104.0,104.0,104.0,104.0,1000.0\n");
  }

  @Test
  void aTaggedCommitIsExportedAsADataRoot() throws IOException {
    storage.write(Aapl.closingAt(104)).join();
    Files.createDirectory(root.resolve("backup"));

    long commit = storage.tag("monday").join();
    storage.maintenance().export(commit, root.resolve("backup/monday"), ExportMode.COPY).join();

    try (FileSystemStorage copy =
        FileSystemStorage.builder(root.resolve("backup/monday")).build()) {
      assertThat(copy.read("equities/daily/AAPL").join().data())
          .isEqualTo(Aapl.closingAt(104).data());
    }
  }
}
