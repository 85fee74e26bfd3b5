package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.MarketData.Kind.ROUNDED;
import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;

import java.nio.file.Files;
import java.util.List;

/** The whole comparison: tables of ratios, and a line for each bar. */
public final class Comparison {
  private Comparison() {}

  /**
   * Runs it; {@code run.sh} does.
   *
   * @param arguments see {@link Settings#parse}
   */
  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.parse(List.of(arguments));
    Report report = new Report(System.out);
    report.machine();
    Files.createDirectories(settings.memory());
    Files.createDirectories(settings.disk());
    try (Engines engines = Engines.start(settings.polars(), report)) {
      FrameContests frames = new FrameContests(engines, report, settings);
      for (MarketData.Kind kind : MarketData.Kind.values()) {
        frames.small(kind);
        frames.large(kind);
      }
      StoreContests stores =
          new StoreContests(engines.twoThreads(), report, settings.disk().resolve("stores"));
      stores.run(new MarketData(ROUNDED, MarketData.SMALL_ROWS), settings.small());
      stores.run(new MarketData(ROUNDED, MarketData.LARGE_ROWS), settings.large());
    }
    report.figure(
        "small-store-hadoop-classes",
        HadoopFree.hadoopClasses(settings.disk().resolve("hadoop-free")),
        AT_MOST,
        0,
        "");
    new KeyContests(report, settings.disk().resolve("keys")).run(settings.keys(), settings.small());
  }
}
