package io.ml4t.samples.marketdata.load;

import static io.ml4t.storage.test.StorageAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ml4t.samples.marketdata.MarketDataProperties;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.test.StorageExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith({StorageExtension.class, OutputCaptureExtension.class})
class StartupLoadTests {
  private static final String CSV =
      "timestamp,open,high,low,close,volume\n2024-01-02,100,105,99,104,1000000\n";

  @TempDir Path folder;

  private Storage storage;

  @BeforeEach
  void startEmpty(Storage storage) {
    this.storage = storage;
  }

  @Test
  void everyFileIsImportedAndABadOneIsReported(CapturedOutput output) throws IOException {
    Files.writeString(folder.resolve("AAPL.csv"), CSV);
    Files.writeString(folder.resolve("BAD.csv"), CSV.replace("104", "high"));
    Files.writeString(folder.resolve(".csv"), CSV);
    Files.writeString(folder.resolve("MSFT.CSV"), CSV);
    Files.writeString(folder.resolve("notes.txt"), "no CSV");
    load(
        Map.of(
            "market-data.import-dir", folder.toString(),
            "market-data.asset-class", "stocks",
            "market-data.frequency", "1d"));
    assertThat(storage.listKeys())
        .extracting(Object::toString)
        .containsExactly("stocks/1d/AAPL", "stocks/1d/MSFT");
    assertThat(storage.read("stocks/1d/AAPL")).hasRows(1).hasValues("volume", 1_000_000L);
    assertThat(output)
        .contains("done     AAPL.csv → stocks/1d/AAPL, 1 rows")
        .contains("BAD.csv: line 2, column 'close': 'high' is not a number")
        .contains("2 done (2 rows, 0 left out), 0 skipped, 1 failed, 1 files ignored");
  }

  @Test
  void importedFilesAreDailyEquitiesUnlessSaidOtherwise() throws IOException {
    Files.writeString(folder.resolve("BRK.B.csv"), CSV);
    load(Map.of("market-data.import-dir", folder.toString()));
    assertThat(storage.listKeys())
        .extracting(Object::toString)
        .containsExactly("equities/daily/BRK.B");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> load(Map.of("market-data.import-dir", folder + "/missing")))
        .withMessageContaining("no such folder");
  }

  @Test
  void anEmptyStoreGetsSyntheticDataThatIsTheSameEveryTime(CapturedOutput output)
      throws IOException {
    load(Map.of());
    List<DataObject> first = storage.readAll(storage.listKeys());
    assertThat(output).contains("wrote synthetic data");
    assertThat(first)
        .isNotEmpty()
        .allSatisfy(
            data -> {
              assertThat(data.key().assetClass()).isEqualTo("synthetic");
              assertThat(data.metadata().provider()).isEqualTo("synthetic");
            });
    storage.listKeys().forEach(storage::delete);
    load(Map.of());
    assertThat(storage.readAll(storage.listKeys())).isEqualTo(first);
  }

  @Test
  void aStoreWithDataIsLeftAsItIs() throws IOException {
    load(Map.of());
    storage.listKeys().stream().skip(1).forEach(storage::delete);
    load(Map.of());
    assertThat(storage.listKeys()).hasSize(1);
  }

  @Test
  void thereIsNoSyntheticDataWhereItIsSwitchedOff() throws IOException {
    load(Map.of("market-data.demo", "false"));
    assertThat(storage.listKeys()).isEmpty();
  }

  private void load(Map<String, String> properties) throws IOException {
    MarketDataProperties bound =
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("market-data", MarketDataProperties.class);
    new StartupLoad(bound, storage).run(new DefaultApplicationArguments());
  }
}
