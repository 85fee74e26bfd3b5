package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.regime.PropertyFigure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;

/** Regime 11: DuckDB reads any frame from our file as it is, as far as it can hold it. */
@Domain(MadeUpFrames.class)
@Domain(DomainContext.Global.class)
@AddLifecycleHook(PropertyFigure.class)
class DuckDbPropertyTests {
  /** Milliseconds become microseconds there. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1000;

  private final Connection duck;
  private final Statement statement;
  private final Path file;

  DuckDbPropertyTests() throws Exception {
    duck = DriverManager.getConnection("jdbc:duckdb:");
    statement = duck.createStatement();
    file = Files.createTempFile("duckdb", ".parquet");
  }

  @AfterProperty
  void close() throws Exception {
    duck.close();
    Files.delete(file);
  }

  @Property
  void duckdb_reads_our_files_the_same(@ForAll DataFrame frame, @ForAll Compression compression)
      throws Exception {
    DataFrame held = heldByDuckDb(frame);
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    Files.write(file, FramesInMemory.bytes(codec.encode(held, Map.of())));

    DuckDbRows.assertSame(statement, "SELECT * FROM read_parquet('" + file + "')", held);
  }

  /**
   * The frame, with other timestamps and dates where DuckDB has infinity for them, or its unit does
   * not reach that far.
   */
  private static DataFrame heldByDuckDb(DataFrame frame) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String name : frame.columnNames()) {
      Column column = frame.column(name);
      if (column instanceof TimestampColumn timestamps) {
        long limit = timestamps.unit() == TimestampUnit.MILLIS ? MAX_MILLIS : Long.MAX_VALUE;
        column =
            TimestampColumn.wrap(
                Arrays.stream(timestamps.toArray()).map(tick -> tick % limit).toArray(),
                timestamps.unit(),
                timestamps.isUtc(),
                timestamps.validity());
      } else if (column instanceof DateColumn dates) {
        column =
            DateColumn.wrap(
                Arrays.stream(dates.toArray()).map(day -> day % Integer.MAX_VALUE).toArray(),
                dates.validity());
      }
      columns.put(name, column);
    }
    return DataFrame.of(columns);
  }
}
