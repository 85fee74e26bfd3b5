package io.ml4t.storage.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The store under load: tables of rates and latencies, and a line for each bar. */
public final class Load {
  private Load() {}

  /**
   * Runs it; {@code load.sh} does.
   *
   * @param arguments {@code burst}, {@code loops}, {@code quick-loops}, {@code http} or {@code
   *     quick-http}; a folder on the disk; over HTTP the jar of the sample
   */
  public static void main(String[] arguments) throws Exception {
    Report report = new Report(System.out);
    Path disk = Path.of(arguments[1]);
    report.machine();
    switch (arguments[0]) {
      case "burst" -> new Burst(report, disk.resolve("burst")).run();
      case "loops" -> loops(report, disk, 7, TimeUnit.SECONDS.toNanos(2));
      case "quick-loops" -> loops(report, disk, 1, TimeUnit.SECONDS.toNanos(1));
      case "http" -> http(report, disk, arguments[2], TimeUnit.SECONDS.toNanos(5));
      case "quick-http" -> http(report, disk, arguments[2], TimeUnit.SECONDS.toNanos(2));
      default -> throw new IllegalArgumentException("Cannot run load " + arguments[0]);
    }
  }

  private static void loops(Report report, Path disk, int rounds, long turnNanos) throws Exception {
    new DurableWrites(report, disk.resolve("writes"), rounds, turnNanos).run();
    new ReadsUnderWrites(report, disk.resolve("reads"), rounds, turnNanos).run();
    new OpenLoop(report, disk.resolve("open"), 2 * turnNanos).run();
  }

  private static void http(Report report, Path disk, String jar, long turnNanos) throws Exception {
    new HttpLoad(report, disk.resolve("http"), Path.of(jar), turnNanos).run();
  }
}
