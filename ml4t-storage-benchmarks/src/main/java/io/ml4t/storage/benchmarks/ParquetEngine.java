package io.ml4t.storage.benchmarks;

import io.ml4t.storage.parquet.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A library that reads and writes Parquet files. Used by one thread at a time. */
interface ParquetEngine extends Closeable {
  String name();

  /**
   * A contestant that reads a file of bars into memory.
   *
   * @param rows how many bars there are
   */
  Contestant reader(Path file, int rows) throws Exception;

  /** A contestant that writes a file of bars from memory, without a sync. */
  Contestant writer(Sample sample, Path file, Compression compression) throws Exception;

  @Override
  default void close() throws IOException {}
}
