package io.ml4t.samples.marketdata.load;

import io.ml4t.storage.Storage;
import io.ml4t.storage.io.FileOutcome;
import io.ml4t.storage.io.Folder;
import io.ml4t.storage.io.FrameImport;
import io.ml4t.storage.io.KeyTemplate;
import io.ml4t.storage.io.TransferReport;
import io.ml4t.storage.io.csv.CsvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each CSV file of a folder to the store, under the file's name as the symbol. */
final class CsvImport {
  private static final Logger log = LoggerFactory.getLogger(CsvImport.class);

  private final Storage storage;
  private final KeyTemplate keys;

  CsvImport(Storage storage, String assetClass, String frequency) {
    this.storage = storage;
    this.keys = KeyTemplate.of("{symbol}.csv").withAssetClass(assetClass).withFrequency(frequency);
  }

  /**
   * Imports the files. One that cannot be imported is logged, and stops no other.
   *
   * @throws IllegalArgumentException if there is no such folder
   * @throws IOException if the folder cannot be listed
   */
  void run(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "Cannot import from " + folder + ": no such folder. Correct market-data.import-dir");
    }
    TransferReport report =
        FrameImport.into(storage)
            .metadata(metadata -> metadata.provider("csv"))
            .onFile(CsvImport::log)
            .run(new Folder(folder, keys, CsvFormat.defaults()));
    log.info("Import of {}: {}", folder, report.text());
  }

  private static void log(FileOutcome outcome) {
    if (outcome.error() == null) {
      log.info("Import: {}", outcome);
    } else {
      log.warn("Import: {}", outcome);
    }
  }
}
