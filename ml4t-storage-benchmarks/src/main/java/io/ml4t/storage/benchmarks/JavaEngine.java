package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.nio.file.Path;

/** An engine that reads into and writes from the arrays of a frame. */
abstract class JavaEngine implements ParquetEngine {
  private final String name;

  JavaEngine(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  abstract DataFrame read(Path file, int rows) throws Exception;

  abstract void write(DataFrame frame, Path file, Compression compression) throws Exception;

  @Override
  public Contestant reader(Path file, int rows) {
    return Contestant.of(
        name,
        () -> {
          if (read(file, rows).rowCount() != rows) {
            throw new IllegalStateException(name + " does not read " + rows + " rows");
          }
        });
  }

  @Override
  public Contestant writer(Sample sample, Path file, Compression compression) {
    return Contestant.of(name, () -> write(sample.frame(), file, compression));
  }
}
