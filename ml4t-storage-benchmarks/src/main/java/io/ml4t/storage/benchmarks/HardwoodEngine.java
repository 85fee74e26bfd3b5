package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;

/** Hardwood's column readers. It needs Java 21, hence the reflection: once a batch, not a value. */
final class HardwoodEngine extends JavaEngine {
  private static final int LOADS_FROM_JAVA = 21;

  private final AutoCloseable context;
  private final Method inputOf;
  private final Method open;
  private final Method columnReaders;
  private final Object allColumns;
  private final Method nextBatch;
  private final Method recordCount;
  private final Method columnReader;
  private final Method longs;
  private final Method doubles;

  HardwoodEngine(int threads) throws ReflectiveOperationException {
    super("Hardwood");
    Class<?> input = Class.forName("dev.hardwood.InputFile");
    Class<?> contexts = Class.forName("dev.hardwood.HardwoodContext");
    Class<?> file = Class.forName("dev.hardwood.reader.ParquetFileReader");
    Class<?> projection = Class.forName("dev.hardwood.schema.ColumnProjection");
    Class<?> readers = Class.forName("dev.hardwood.reader.ColumnReaders");
    Class<?> reader = Class.forName("dev.hardwood.reader.ColumnReader");
    context = (AutoCloseable) contexts.getMethod("create", int.class).invoke(null, threads);
    inputOf = input.getMethod("of", Path.class);
    open = file.getMethod("open", input, contexts);
    columnReaders = file.getMethod("columnReaders", projection);
    allColumns = projection.getMethod("all").invoke(null);
    nextBatch = readers.getMethod("nextBatch");
    recordCount = readers.getMethod("getRecordCount");
    columnReader = readers.getMethod("getColumnReader", int.class);
    longs = reader.getMethod("getLongs");
    doubles = reader.getMethod("getDoubles");
  }

  static boolean loads() {
    return Runtime.version().feature() >= LOADS_FROM_JAVA;
  }

  @Override
  DataFrame read(Path path, int rows) throws Exception {
    BarArrays bars = new BarArrays(rows);
    Object[] arrays = {bars.timestamps, bars.open, bars.high, bars.low, bars.close, bars.volume};
    try (AutoCloseable file =
            (AutoCloseable) open.invoke(null, inputOf.invoke(null, path), context);
        AutoCloseable readers = (AutoCloseable) columnReaders.invoke(file, allColumns)) {
      for (int from = 0; (boolean) nextBatch.invoke(readers); ) {
        int count = (int) recordCount.invoke(readers);
        for (int column = 0; column < arrays.length; column++) {
          Method values = arrays[column] instanceof long[] ? longs : doubles;
          Object batch = values.invoke(columnReader.invoke(readers, column));
          System.arraycopy(batch, 0, arrays[column], from, count);
        }
        from += count;
      }
    }
    return bars.frame();
  }

  @Override
  void write(DataFrame frame, Path file, Compression compression) {
    throw new UnsupportedOperationException("Hardwood only reads");
  }

  @Override
  public void close() throws IOException {
    try {
      context.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
