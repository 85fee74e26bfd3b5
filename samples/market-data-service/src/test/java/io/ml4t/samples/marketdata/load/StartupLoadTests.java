package io.ml4t.samples.marketdata.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.ml4t.samples.marketdata.MarketDataApplication;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StartupLoadTests {
  private static final String CSV =
      "timestamp,open,high,low,close,volume\n2024-01-02,100,105,99,104,1000000\n";

  @TempDir Path root;
  @TempDir Path folder;

  @Test
  void everyFileIsImportedAndABadOneIsReported(CapturedOutput output) throws IOException {
    Files.writeString(folder.resolve("AAPL.csv"), CSV);
    Files.writeString(folder.resolve("BAD.csv"), CSV.replace("104", "high"));
    Files.writeString(folder.resolve("..csv"), CSV);
    Files.writeString(folder.resolve("MSFT.CSV"), CSV);
    Files.writeString(folder.resolve("notes.txt"), "no CSV");
    try (var service =
        start(
            "--market-data.import-dir=" + folder,
            "--market-data.asset-class=stocks",
            "--market-data.frequency=1d")) {
      Storage storage = service.getBean(Storage.class);
      assertThat(storage.listKeys())
          .extracting(Object::toString)
          .containsExactly("stocks/1d/AAPL", "stocks/1d/MSFT");
      assertThat(storage.read("stocks/1d/AAPL").data().longs("volume").toArray())
          .containsExactly(1_000_000);
    }
    assertThat(output)
        .contains("Imported 2 of 4: 1 rows as stocks/1d/AAPL")
        .contains("BAD.csv: Cannot read CSV: line 2, column 'close': 'high' is not a number")
        .contains("dot segment")
        .contains("2 files, 2 rows; failed: [" + folder.resolve("..csv"));
  }

  @Test
  void aFolderThatIsNotThereStopsTheStart() {
    assertThatException()
        .isThrownBy(() -> start("--market-data.import-dir=" + folder.resolve("missing")))
        .withMessageContaining("no such folder");
  }

  @Test
  void anEmptyStoreGetsSyntheticDataThatIsTheSameAtEveryStart(CapturedOutput output)
      throws IOException {
    List<DataObject> first = new ArrayList<>();
    try (var service = start()) {
      Storage storage = service.getBean(Storage.class);
      assertThat(storage.listKeys())
          .allSatisfy(key -> assertThat(key.assetClass()).isEqualTo("synthetic"));
      first.addAll(storage.readAll(storage.listKeys()));
    }
    assertThat(output).contains("wrote synthetic data");
    assertThat(first)
        .isNotEmpty()
        .allSatisfy(data -> assertThat(data.metadata().provider()).isEqualTo("synthetic"));
    root = folder.resolve("another");
    try (var service = start()) {
      Storage storage = service.getBean(Storage.class);
      assertThat(storage.readAll(storage.listKeys())).isEqualTo(first);
    }
  }

  @Test
  void aStoreWithDataIsLeftAsItIs() {
    try (var service = start()) {
      Storage storage = service.getBean(Storage.class);
      storage.listKeys().stream().skip(1).forEach(storage::delete);
    }
    try (var service = start()) {
      assertThat(service.getBean(Storage.class).listKeys()).hasSize(1);
    }
  }

  @Test
  void thereIsNoSyntheticDataWhereItIsSwitchedOff() {
    try (var service = start("--market-data.demo=false")) {
      assertThat(service.getBean(Storage.class).listKeys()).isEmpty();
    }
  }

  private ConfigurableApplicationContext start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--ml4t.storage.data-root=" + root);
    return new SpringApplicationBuilder(MarketDataApplication.class)
        .web(WebApplicationType.NONE)
        .run(all.toArray(new String[0]));
  }
}
