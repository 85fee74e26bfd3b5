package io.ml4t.storage.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * How thorough a comparison is, and where its files go.
 *
 * @param large for frames of {@link MarketData#LARGE_ROWS}
 * @param small for what takes less than a few milliseconds
 * @param keys how many keys the store with many keys has
 * @param otherCodecs whether codecs other than the default are compared too
 * @param memory a folder of files that are never synced, in memory where the machine has that
 * @param disk a folder on the disk
 * @param polars the program of {@link PolarsEngine}
 */
record Settings(
    Contest large,
    Contest small,
    int keys,
    boolean otherCodecs,
    Path memory,
    Path disk,
    Path polars) {

  /**
   * Settings of a command line: {@code [--quick] <memory> <disk> <polars>}.
   *
   * @throws IllegalArgumentException if it is another
   */
  static Settings parse(List<String> arguments) {
    boolean quick = !arguments.isEmpty() && arguments.get(0).equals("--quick");
    List<String> paths = arguments.subList(quick ? 1 : 0, arguments.size());
    if (paths.size() != 3) {
      throw new IllegalArgumentException(
          "Cannot parse " + arguments + ": expected [--quick] <memory> <disk> <polars>");
    }
    Path memory = Path.of(paths.get(0));
    Path disk = Path.of(paths.get(1));
    Path polars = Path.of(paths.get(2));
    return quick
        ? new Settings(
            new Contest(1, 3, 1),
            new Contest(30, 7, 50_000_000),
            10_000,
            false,
            memory,
            disk,
            polars)
        : new Settings(
            new Contest(2, 7, 1),
            new Contest(40, 15, 100_000_000),
            100_000,
            true,
            memory,
            disk,
            polars);
  }
}
