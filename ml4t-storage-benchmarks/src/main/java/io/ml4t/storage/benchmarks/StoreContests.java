package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The store end to end, one caller at a time, beside the codec alone and beside what any store must
 * do at least: read or write the same bytes as a file.
 */
final class StoreContests {
  private final FrameCodecEngine codec;
  private final Report report;
  private final Path root;

  private final Executor helper =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "reader");
            thread.setDaemon(true);
            return thread;
          });

  StoreContests(FrameCodecEngine codec, Report report, Path root) {
    this.codec = codec;
    this.report = report;
    this.root = root;
  }

  void run(MarketData data, Contest contest) throws Exception {
    String label = "store-" + data.rows();
    Path folder = Files.createDirectories(root.resolve(label));
    DataFrame frame = data.frame();
    DataObject object = MarketData.object(frame, "AAPL");
    try (FileSystemStorage durable = open(folder, Durability.FSYNC, PublishMode.WITH_COMMIT);
        FileSystemStorage behind = open(folder, Durability.FSYNC, PublishMode.BEHIND);
        FileSystemStorage relaxed = open(folder, Durability.RELAXED, PublishMode.WITH_COMMIT);
        FileSystemStorage fast = open(folder, Durability.RELAXED, PublishMode.BEHIND);
        FileSystemStorage uncached =
            builder(folder.resolve("uncached"), Durability.FSYNC, PublishMode.WITH_COMMIT)
                .readCache(0)
                .build()) {
      StorageKey key = durable.write(object).join();
      uncached.write(object).join();
      Path file = folder.resolve("FSYNC-WITH_COMMIT/equities/minute/AAPL.parquet");

      String floor = "open and read the file";
      String end = "AsyncStorage.read(key).join(), read cache off";
      String kept = "AsyncStorage.read(key).join(), kept by the read cache";
      Medians read =
          contest.run(
              List.of(
                  Contestant.of(floor, () -> Files.readAllBytes(file)),
                  Contestant.of("the same on another thread", () -> elsewhere(file).join()),
                  Contestant.of("codec, from the file", () -> codec.read(file, frame.rowCount())),
                  Contestant.of(end, () -> uncached.read(key).join()),
                  Contestant.of(kept, () -> durable.read(key).join())));
      report.table(label + ", read", read);
      if (data.rows() == MarketData.SMALL_ROWS) {
        report.figure(label + "-read-vs-file", read.ratio(end, floor), AT_MOST, 5, "x");
        report.figure(label + "-cached-read-vs-file", read.ratio(kept, floor), AT_MOST, 5, "x");
      }

      BareCommits bare = new BareCommits(folder.resolve("bare"), Files.readAllBytes(file));
      List<Contestant> writers = new ArrayList<>();
      writers.add(Contestant.of("write a file", bare::write));
      writers.add(Contestant.of("write, fsync, link, fsync folder", bare::commit));
      writers.add(
          Contestant.of(
              "codec, to a file",
              () -> codec.write(frame, folder.resolve("codec.parquet"), Compression.ZSTD)));
      writers.add(writer("AsyncStorage.write, fsync", durable, object));
      writers.add(writer("AsyncStorage.write, fsync, publish behind", behind, object));
      writers.add(writer("AsyncStorage.write, relaxed", relaxed, object));
      writers.add(writer("AsyncStorage.write, relaxed, publish behind", fast, object));
      report.table(label + ", write", contest.run(writers));
    }
  }

  private static Contestant writer(String name, AsyncStorage storage, DataObject object) {
    return Contestant.of(name, () -> storage.write(object).join());
  }

  /** What two hand-overs between threads cost, which no asynchronous read goes without. */
  private CompletableFuture<byte[]> elsewhere(Path file) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Files.readAllBytes(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        helper);
  }

  private static FileSystemStorage open(Path folder, Durability durability, PublishMode publish) {
    return builder(folder.resolve(durability + "-" + publish), durability, publish).build();
  }

  private static FileSystemStorageBuilder builder(
      Path root, Durability durability, PublishMode publish) {
    return FileSystemStorage.builder(root)
        .durability(durability)
        .publish(publish)
        .keepVersions(1)
        .minVersionAge(Duration.ZERO);
  }
}
