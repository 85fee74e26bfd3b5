package io.ml4t.storage.benchmarks;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Finding keys among many, beside finding their files. */
final class KeyContests {
  private static final int BATCH = 500;

  private final Report report;
  private final Path root;

  KeyContests(Report report, Path root) {
    this.report = report;
    this.root = root;
  }

  void run(int keys, Contest contest) throws Exception {
    try (FileSystemStorage storage =
        FileSystemStorage.builder(root)
            .durability(Durability.RELAXED)
            .publish(PublishMode.BEHIND)
            .build()) {
      fill(storage, keys);
      if (storage.listKeys().join().size() != keys || walk() != keys) {
        throw new IllegalStateException("The store does not show its " + keys + " keys");
      }
      report.table(
          keys + " keys, list all",
          contest.run(
              List.of(
                  Contestant.of("walk the folders", this::walk),
                  Contestant.of("AsyncStorage.listKeys", () -> storage.listKeys().join()))));
      StorageKey there = key(keys / 2);
      Path file = root.resolve(there + ".parquet");
      report.table(
          keys + " keys, look for one",
          contest.run(
              List.of(
                  Contestant.of("look for the file", () -> Files.exists(file)),
                  Contestant.of("AsyncStorage.exists", () -> storage.exists(there).join()))));
    }
  }

  private static void fill(FileSystemStorage storage, int keys) {
    DataFrame bar = new MarketData(MarketData.Kind.ROUNDED, 1).frame();
    for (int from = 0; from < keys; from += BATCH) {
      List<CompletableFuture<StorageKey>> writes = new ArrayList<>();
      for (int i = from; i < Math.min(keys, from + BATCH); i++) {
        writes.add(storage.write(MarketData.object(bar, key(i).symbol())));
      }
      writes.forEach(CompletableFuture::join);
    }
    storage.flush().join();
  }

  private static StorageKey key(int i) {
    return StorageKey.of("equities", "minute", "S" + i);
  }

  private long walk() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("equities"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }
}
