package io.ml4t.storage.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import io.ml4t.storage.io.avro.AvroParquet;
import io.ml4t.storage.parquet.Compression;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Engines that nobody here wrote read what this library writes, value by value; then each writes
 * what it has read in every way that it knows, and this library reads that. Polars and hyparquet
 * are left out, with a notice, where {@code conformance.sh} has not installed them.
 */
class ConformanceTests {
  private static final int ROWS = 5000;
  private static final FrameCodec CODEC = FrameCodec.builder().build();

  @TempDir Path folder;
  private int files;

  @Test
  void polarsAndHyparquetReadAndWriteTheSame() throws Exception {
    String missing = NodeEngines.missing();
    if (!missing.isEmpty()) {
      System.out.println(
          "NOTICE interop: Polars and hyparquet are left out, since "
              + missing
              + "; ml4t-storage-io/conformance.sh installs them");
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
    try (NodeEngines node = new NodeEngines()) {
      for (Compression compression : Compression.values()) {
        for (DataFrame frame : List.of(frame(), frame().head(0), frame().head(1))) {
          Path ours = write(compression, frame);
          assertAnswer("polars", node.read("polars", ours, frame), frame);
          assertAnswer("hyparquet", node.read("hyparquet", ours, frame), frame);
        }
      }
      for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4", "brotli")) {
        for (DataFrame frame : List.of(frame(), frame().head(0))) {
          for (int groupRows : new int[] {512, 1 << 20}) {
            for (String categorical : List.of("", "text,id")) {
              Path theirs = next();
              node.rewrite(write(Compression.ZSTD, frame), theirs, codec, groupRows, categorical);
              // Of no rows there is no page, so none that is compressed.
              if (codec.equals("brotli") && frame.rowCount() > 0) {
                assertRefused(theirs);
              } else {
                assertThat(read(theirs)).as(theirs + " " + codec).isEqualTo(frame);
                files++;
              }
            }
          }
        }
      }
    }
    System.out.printf("FIGURE interop polars, hyparquet: %d/%<d files equal (all) OK%n", files);
  }

  @Test
  void duckDbAndParquetAvroReadAndWriteTheSame() throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (Compression compression : Compression.values()) {
        for (DataFrame frame : List.of(frame(), frame().head(0), frame().head(1))) {
          Path ours = write(compression, frame);
          assertThat(AvroParquet.read(ours)).isEqualTo(frame);
          assertDuckDb(statement, ours, frame);
          files++;
        }
      }
      for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli")) {
        for (DataFrame frame : List.of(frame(), frame().head(0))) {
          for (String version : List.of("V1", "V2")) {
            for (int groupRows : new int[] {2048, 1 << 20}) {
              Path theirs = next();
              statement.execute(
                  "COPY (FROM read_parquet('%s')) TO '%s' (FORMAT parquet, CODEC '%s', PARQUET_VERSION %s, ROW_GROUP_SIZE %d)"
                      .formatted(
                          write(Compression.ZSTD, frame), theirs, codec, version, groupRows));
              if (codec.equals("brotli") && frame.rowCount() > 0) {
                assertRefused(theirs);
              } else {
                assertSameValues(read(theirs), frame);
                files++;
              }
            }
          }
        }
      }
    }
    System.out.printf("FIGURE interop duckdb, parquet-avro: %d/%<d files equal (all) OK%n", files);
  }

  private Path next() throws IOException {
    Path file = Files.createTempFile(folder, "file", ".parquet");
    Files.delete(file);
    return file;
  }

  private Path write(Compression compression, DataFrame frame) throws IOException {
    Path file = next();
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (var buffer : codec.encode(frame, Map.of()).buffers()) {
        Channels.newChannel(out).write(buffer);
      }
    }
    return file;
  }

  private static DataFrame read(Path file) throws IOException {
    return CODEC.decode(FrameSource.ofFile(file)).data();
  }

  /** A codec that nobody here knows. */
  private static void assertRefused(Path file) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("compression codec 4, which is not supported");
  }

  private void assertAnswer(String engine, NodeEngines.Answer answer, DataFrame frame) {
    assertThat(answer.rows()).isEqualTo(frame.rowCount());
    for (String name : frame.columnNames()) {
      Column column = frame.column(name);
      List<Object> ours =
          IntStream.range(0, column.size())
              .mapToObj(row -> canonical(column, row))
              .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
      assertThat(answer.columns().get(name)).as("%s: %s", engine, name).isEqualTo(ours);
    }
    files++;
  }

  private static Object canonical(Column column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.type()) {
      case DOUBLE, FLOAT ->
          "%016x".formatted(Double.doubleToLongBits(((Number) column.value(row)).doubleValue()));
      case TIMESTAMP -> Long.toString(((TimestampColumn) column).get(row));
      case DATE -> Integer.toString(((DateColumn) column).get(row));
      case BOOLEAN -> column.value(row);
      case LONG, INT, STRING -> String.valueOf(column.value(row));
    };
  }

  private static void assertDuckDb(Statement statement, Path file, DataFrame frame)
      throws SQLException {
    List<String> select = new ArrayList<>();
    frame.columnNames().forEach(name -> select.add(comparable(name, frame.column(name))));
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT %s FROM read_parquet('%s')".formatted(String.join(", ", select), file))) {
      int row = 0;
      for (; rows.next(); row++) {
        for (int i = 0; i < frame.columnCount(); i++) {
          Column column = frame.column(frame.columnNames().get(i));
          Object theirs = rows.getObject(i + 1);
          boolean isTicks = theirs instanceof Long;
          assertThat(isTicks || theirs instanceof Integer ? theirs.toString() : theirs)
              .as("%s in row %d", frame.columnNames().get(i), row)
              .isEqualTo(
                  theirs instanceof Double || theirs instanceof Float
                      ? column.value(row)
                      : canonical(column, row));
        }
      }
      assertThat(row).isEqualTo(frame.rowCount());
    }
  }

  private static String comparable(String name, Column column) {
    return switch (column.type()) {
      case TIMESTAMP ->
          switch (((TimestampColumn) column).unit()) {
            case MILLIS -> "epoch_ms(" + name + ")";
            case MICROS -> "epoch_us(" + name + ")";
            case NANOS -> "epoch_ns(" + name + ")";
          };
      case DATE -> "datediff('day', DATE '1970-01-01', " + name + ")";
      default -> name;
    };
  }

  /** Equal but for the unit of timestamps: DuckDB writes milliseconds as microseconds. */
  private static void assertSameValues(DataFrame theirs, DataFrame ours) {
    assertThat(theirs.columnNames()).isEqualTo(ours.columnNames());
    for (String name : ours.columnNames()) {
      Column column = theirs.column(name);
      if (column instanceof TimestampColumn) {
        assertThat(IntStream.range(0, column.size()).mapToObj(column::value).toList())
            .as(name)
            .isEqualTo(
                IntStream.range(0, ours.rowCount()).mapToObj(ours.column(name)::value).toList());
      } else {
        assertThat(column).as(name).isEqualTo(ours.column(name));
      }
    }
  }

  private static DataFrame frame() {
    boolean[] nulls = new boolean[ROWS];
    double[] price = new double[ROWS];
    double[] noise = new double[ROWS];
    float[] ratio = new float[ROWS];
    long[] ticks = new long[ROWS];
    long[] wide = new long[ROWS];
    int[] count = new int[ROWS];
    boolean[] flag = new boolean[ROWS];
    String[] text = new String[ROWS];
    String[] id = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      nulls[i] = i % 5 == 2 || i > 4000;
      price[i] = Math.round(10_000 + 1000 * Math.sin(i)) / 100.0;
      noise[i] = Math.sqrt(i) * (i % 2 == 0 ? 1 : -1);
      ratio[i] = (float) Math.cbrt(i);
      ticks[i] = (i - 300) * 60_000_000L;
      wide[i] = i * 1_234_567_890_123_457L;
      count[i] = i * 429_497;
      flag[i] = i % 3 == 0;
      text[i] = nulls[i] ? null : "é" + i % 40;
      id[i] = i % 7 == 0 ? "" : "row-😀-" + i;
    }
    noise[17] = -0.0;
    noise[18] = Double.POSITIVE_INFINITY;
    noise[19] = Double.NaN;
    noise[20] = Double.MIN_VALUE;
    Validity gaps = Validity.ofNulls(nulls);
    Validity none = Validity.allValid(ROWS);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put("t", TimestampColumn.wrap(ticks, TimestampUnit.MICROS, true, none));
    columns.put("ms", TimestampColumn.of(TimestampUnit.MILLIS, true, ticks));
    columns.put("local", TimestampColumn.wrap(ticks.clone(), TimestampUnit.MICROS, false, gaps));
    columns.put("local_ms", TimestampColumn.of(TimestampUnit.MILLIS, false, ticks));
    columns.put("ns", TimestampColumn.of(TimestampUnit.NANOS, false, wide));
    columns.put("day", DateColumn.wrap(IntStream.range(-99, ROWS - 99).toArray(), gaps));
    columns.put("price", DoubleColumn.of(price));
    columns.put("noise", DoubleColumn.of(noise));
    columns.put("gaps", DoubleColumn.wrap(price, gaps));
    columns.put("ratio", FloatColumn.wrap(ratio, gaps));
    columns.put("volume", LongColumn.wrap(wide.clone(), gaps));
    columns.put("count", IntColumn.wrap(count, gaps));
    columns.put("flag", BooleanColumn.wrap(flag, gaps));
    columns.put("text", StringColumn.of(text));
    columns.put("id", StringColumn.of(id));
    columns.put("never", DoubleColumn.wrap(new double[ROWS], Validity.ofNulls(allTrue())));
    return DataFrame.of(columns);
  }

  private static boolean[] allTrue() {
    boolean[] all = new boolean[ROWS];
    Arrays.fill(all, true);
    return all;
  }
}
