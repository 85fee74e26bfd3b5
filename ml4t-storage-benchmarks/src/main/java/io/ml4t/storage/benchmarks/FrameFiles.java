package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One frame in the default files of the engines.
 *
 * @param frame the data
 * @param ours this project's file
 * @param polars Polars' file, null where it is missing
 */
record FrameFiles(DataFrame frame, Path ours, @Nullable Path polars) {
  /** Writes the files, and makes sure that the engines read the same from them. */
  static FrameFiles write(MarketData data, Engines engines, Path folder) throws Exception {
    DataFrame frame = data.frame();
    String name = data.kind().label() + "-" + data.rows();
    Path ours = folder.resolve(name + "-ours.parquet");
    engines.oneThread().write(frame, ours, Compression.ZSTD);
    Path theirs = null;
    if (engines.polarsTwo() != null) {
      theirs = folder.resolve(name + "-polars.parquet");
      engines.polarsTwo().writer(new Sample(frame, ours), theirs, Compression.ZSTD).nanosPerRun(1);
      requireEqual(frame, engines.twoThreads(), theirs);
    }
    for (ParquetEngine engine : engines.all()) {
      if (engine instanceof JavaEngine java) {
        requireEqual(frame, java, ours);
      }
    }
    return new FrameFiles(frame, ours, theirs);
  }

  private static void requireEqual(DataFrame frame, JavaEngine engine, Path file) throws Exception {
    if (!engine.read(file, frame.rowCount()).equals(frame)) {
      throw new IllegalStateException(engine.name() + " reads something else from " + file);
    }
  }

  Sample sample() {
    return new Sample(frame, ours);
  }

  /** The size of our file as a multiple of Polars'. */
  double sizeRatio() throws IOException {
    return polars == null ? Double.NaN : (double) Files.size(ours) / Files.size(polars);
  }
}
