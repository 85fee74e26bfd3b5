package io.ml4t.storage.benchmarks;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.frame.DataFrame;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the starter adds to the start of a minimal web application: child processes with and without
 * it on the class path take turns, and their medians are compared.
 */
public final class StartUp {
  private static final int KEYS = 100_000;
  private static final int KEYS_PER_COMMIT = 1_000;

  /** What comes with the starter, and would not be there without it. */
  private static final Pattern STARTER =
      Pattern.compile(
          "(ml4t-storage-(core|spring)|parquet-|hadoop-|zstd-jni|snappy-java|aircompressor"
              + "|resilience4j).*");

  /** What only the other benchmarks need. */
  private static final Pattern BENCHMARKS =
      Pattern.compile(
          "(parquet-avro|avro|jts-core|jackson-(core|databind)-2|duckdb|carpet|HdrHistogram|jmh"
              + "|jopt-simple|commons-math3).*");

  private final Report report = new Report(System.out);
  private final Path disk;
  private final Path many;
  private final int rounds;

  private StartUp(Path disk, int rounds) {
    this.disk = disk;
    this.many = disk.resolve("startup-100000-keys");
    this.rounds = rounds;
  }

  /**
   * Runs it; {@code startup.sh} does.
   *
   * @param arguments the class path of the application, a folder on the disk, how many rounds
   */
  public static void main(String[] arguments) throws Exception {
    List<String> with =
        Stream.of(arguments[0].split(File.pathSeparator))
            .filter(entry -> isNone(BENCHMARKS, entry))
            .toList();
    new StartUp(Path.of(arguments[1]), Integer.parseInt(arguments[2])).run(with);
  }

  private void run(List<String> with) throws IOException, InterruptedException {
    List<String> without = with.stream().filter(entry -> isNone(STARTER, entry)).toList();
    report.note(
        "Java %s, %d processors, %d and %d class path entries"
            .formatted(
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                with.size(),
                without.size()));
    fill(many);
    compare("", new Application(without, List.of()), new Application(with, List.of()));
    compare("-class-data-sharing", shared(without), shared(with));
  }

  /** A class path, and what the JVM is told. */
  private record Application(List<String> classPath, List<String> options) {}

  /** An application whose classes are in an archive, as Spring Boot recommends. */
  private Application shared(List<String> classPath) throws IOException, InterruptedException {
    String archive =
        Files.createTempDirectory(disk, "startup-archive-").resolve("app.jsa").toString();
    start(new Application(classPath, List.of("-XX:ArchiveClassesAtExit=" + archive)), empty());
    return new Application(classPath, List.of("-XX:SharedArchiveFile=" + archive));
  }

  private Path empty() throws IOException {
    return Files.createTempDirectory(disk, "startup-empty-");
  }

  private void compare(String kind, Application without, Application with)
      throws IOException, InterruptedException {
    List<Long> plain = new ArrayList<>();
    List<Long> empty = new ArrayList<>();
    List<Long> full = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      long first = start(without, disk);
      long second = start(with, empty());
      long third = start(with, many);
      if (round > 0) { // The first round fills the caches of the operating system.
        plain.add(first);
        empty.add(second);
        full.add(third);
      }
    }
    report.note(
        "medians of %d starts: %.0f ms without, %.0f ms with an empty root, %.0f ms with %d keys"
            .formatted(rounds, median(plain), median(empty), median(full), KEYS));
    added("empty" + kind, median(empty) - median(plain), 150);
    added("100000-keys" + kind, median(full) - median(plain), 1_000);
  }

  private void added(String name, double millis, int bar) {
    report.figure("startup-added-" + name, millis, Report.Bar.AT_MOST, bar, " ms");
  }

  private static boolean isNone(Pattern names, String entry) {
    return !names.matcher(Path.of(entry).getFileName().toString()).matches();
  }

  private static double median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static long start(Application application, Path root)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(application.options());
    command.addAll(List.of("-cp", String.join(File.pathSeparator, application.classPath())));
    command.add(WebApplication.class.getName());
    command.addAll(List.of("--server.port=0", "--ml4t.storage.data-root=" + root));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Cannot start the application: " + output);
    }
    return output
        .lines()
        .filter(line -> line.startsWith(WebApplication.READY))
        .mapToLong(line -> Long.parseLong(line.substring(WebApplication.READY.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("It never was ready: " + output));
  }

  private static void fill(Path root) {
    try (FileSystemStorage store =
        FileSystemStorage.builder(root).durability(Durability.RELAXED).build()) {
      for (int first = 0; first < KEYS; first += KEYS_PER_COMMIT) {
        int from = first;
        store
            .transaction(
                transaction -> {
                  for (int n = from; n < from + KEYS_PER_COMMIT; n++) {
                    transaction.write(bar("S" + n));
                  }
                  return from;
                })
            .join();
      }
      store.maintenance().checkpoint().join();
    }
  }

  private static DataObject bar(String symbol) {
    DataFrame frame =
        DataFrame.builder()
            .timestamps("timestamp", Instant.parse("2024-01-02T00:00:00Z"))
            .doubles("open", 100)
            .doubles("high", 105)
            .doubles("low", 99)
            .doubles("close", 104)
            .longs("volume", 1_000_000)
            .build();
    return new DataObject(frame, Metadata.builder("equities", "daily", symbol).build());
  }
}
