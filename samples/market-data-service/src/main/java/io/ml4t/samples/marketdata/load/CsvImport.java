package io.ml4t.samples.marketdata.load;

import io.ml4t.samples.marketdata.FrameObjects;
import io.ml4t.samples.marketdata.csv.CsvFormatException;
import io.ml4t.samples.marketdata.csv.CsvFrameReader;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each CSV file of a folder to the store, under the file's name as the symbol. */
final class CsvImport {
  private static final Logger log = LoggerFactory.getLogger(CsvImport.class);
  private static final String SUFFIX = ".csv";

  private final Storage storage;
  private final String assetClass;
  private final String frequency;

  CsvImport(Storage storage, String assetClass, String frequency) {
    this.storage = storage;
    this.assetClass = assetClass;
    this.frequency = frequency;
  }

  /**
   * Imports the files in the order of their names. One that cannot be imported is logged, and the
   * next one is taken.
   *
   * @return the files that could not be imported
   * @throws IllegalArgumentException if there is no such folder
   * @throws IOException if the folder cannot be listed
   */
  List<Path> run(Path folder) throws IOException {
    List<Path> files = list(folder);
    List<Path> failed = new ArrayList<>();
    long rows = 0;
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      try {
        Version version = store(file);
        rows += version.rows();
        log.info(
            "Imported {} of {}: {} rows as {}, version {}",
            i + 1,
            files.size(),
            version.rows(),
            version.key(),
            version.sequence());
      } catch (IOException | CsvFormatException | StorageException e) {
        failed.add(file);
        log.warn("Cannot import {} of {}, {}: {}", i + 1, files.size(), file, reason(e));
      }
    }
    log.info(
        "Import of {} done: {} files, {} rows; failed: {}",
        folder,
        files.size() - failed.size(),
        rows,
        failed.isEmpty() ? "none" : failed);
    return failed;
  }

  /** The exceptions of files say what is wrong by their type, ours by their message. */
  private static @Nullable String reason(Exception e) {
    return e instanceof IOException ? e.toString() : e.getMessage();
  }

  private Version store(Path file) throws IOException {
    String name = file.getFileName().toString();
    StorageKey key =
        StorageKey.of(assetClass, frequency, name.substring(0, name.length() - SUFFIX.length()));
    try (InputStream in = Files.newInputStream(file)) {
      return storage.put(
          FrameObjects.of(key, "csv", CsvFrameReader.read(in, StandardCharsets.UTF_8)),
          WriteOptions.defaults());
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "Cannot import from " + folder + ": no such folder. Correct market-data.import-dir");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(SUFFIX))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
