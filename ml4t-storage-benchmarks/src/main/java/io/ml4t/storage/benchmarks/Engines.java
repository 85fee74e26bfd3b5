package io.ml4t.storage.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All engines that this machine and this Java can run.
 *
 * @param oneThread this project's codec
 * @param twoThreads this project's codec
 * @param avro parquet-avro, the common choice
 * @param polarsOne Polars with one thread, null where it is missing
 * @param polarsTwo Polars with two threads, null where it is missing
 * @param others further engines
 */
record Engines(
    FrameCodecEngine oneThread,
    FrameCodecEngine twoThreads,
    AvroEngine avro,
    @Nullable PolarsEngine polarsOne,
    @Nullable PolarsEngine polarsTwo,
    List<ParquetEngine> others)
    implements Closeable {

  /** Starts them, and says which are left out. */
  static Engines start(Path polars, Report report)
      throws SQLException, ReflectiveOperationException {
    List<ParquetEngine> others = new ArrayList<>(List.of(new CarpetEngine(), new DuckDbEngine(2)));
    if (HardwoodEngine.loads()) {
      others.add(new HardwoodEngine(2));
    } else {
      report.note("SKIPPED Hardwood: it needs Java 21 or later");
    }
    PolarsEngine polarsOne = null;
    PolarsEngine polarsTwo = null;
    try {
      polarsOne = new PolarsEngine(polars, 1);
      polarsTwo = new PolarsEngine(polars, 2);
    } catch (IOException e) {
      report.note("SKIPPED Polars, and all bars against it: " + e.getMessage());
    }
    return new Engines(
        new FrameCodecEngine(1),
        new FrameCodecEngine(2),
        new AvroEngine(),
        polarsOne,
        polarsTwo,
        others);
  }

  List<ParquetEngine> all() {
    List<ParquetEngine> all = new ArrayList<>(List.of(oneThread, twoThreads, avro));
    all.addAll(others);
    all.addAll(polars());
    return all;
  }

  List<ParquetEngine> writers() {
    return all().stream().filter(engine -> !(engine instanceof HardwoodEngine)).toList();
  }

  /** Both, or none. */
  List<PolarsEngine> polars() {
    return polarsOne == null || polarsTwo == null ? List.of() : List.of(polarsOne, polarsTwo);
  }

  @Override
  public void close() throws IOException {
    for (ParquetEngine engine : all()) {
      engine.close();
    }
  }
}
