package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.BooleanColumn;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** DuckDB and this codec read each other's files. */
class DuckDbTests {
  private static final int ROWS = 5000;

  /** For each column: how DuckDB makes it of a row's number {@code i}, and its type there. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("t_us", "make_timestamp(1700000000000000 + i * 60000000)");
    COLUMNS.put("t_tz", "make_timestamp(i * 86400000000 - 631152000000000)::TIMESTAMPTZ");
    COLUMNS.put("t_ms", "make_timestamp(i * 1000)::TIMESTAMP_MS");
    COLUMNS.put("t_ns", "make_timestamp_ns(i * 1000000007)");
    COLUMNS.put("d", "DATE '1950-01-03' + i::INTEGER");
    COLUMNS.put("price", "round(100 + sin(i) * 10, 2)");
    COLUMNS.put("noise", "sqrt(i)");
    COLUMNS.put("f", "sqrt(i)::FLOAT");
    COLUMNS.put("n", "i * i * 1000003");
    COLUMNS.put("i32", "(i % 7)::INTEGER");
    COLUMNS.put("i8", "(i % 200 - 100)::TINYINT");
    COLUMNS.put("u16", "(i * 13 % 65536)::USMALLINT");
    COLUMNS.put("u32", "(4294967295 - i)::UINTEGER");
    COLUMNS.put("u64", "(i * 1000000007)::UBIGINT");
    COLUMNS.put("flag", "i % 3 = 0");
    COLUMNS.put("s", "'é' || (i % 50)");
    COLUMNS.put("id", "'row-' || i");
  }

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "uncompressed, V1, 1.0",
    "snappy, V1, 0.7",
    "gzip, V1, 0.7",
    "zstd, V1, 0.7",
    "lz4_raw, V1, 0.7",
    "zstd, V2, 1.0",
    "snappy, V2, 0.7",
    "uncompressed, V2, 0.0"
  })
  void itsFilesReadExactly(String codec, String version, double present) throws Exception {
    Path file = folder.resolve("duck.parquet");
    String rows = "FROM (SELECT range AS i FROM range(" + ROWS + "))";
    List<String> select = new ArrayList<>();
    COLUMNS.forEach(
        (name, sql) ->
            select.add(
                "CASE WHEN hash(i) %% 100 < %d THEN %s END AS %s"
                    .formatted((int) (present * 100), sql, name)));
    String query = "SELECT " + String.join(", ", select) + " " + rows;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, CODEC '%s', PARQUET_VERSION %s, ROW_GROUP_SIZE 2048)"
              .formatted(query, file, codec, version));

      DataFrame frame = FrameCodec.builder().build().decode(FrameSource.ofFile(file)).data();

      assertThat(frame.columnNames()).containsExactlyElementsOf(COLUMNS.keySet());
      assertThat(frame.rowCount()).isEqualTo(ROWS);
      DuckDbRows.assertSame(statement, query, frame);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void itReadsOurFilesExactly(Compression compression) throws Exception {
    DataFrame frame = frame();
    Path file = folder.resolve("ours.parquet");
    FrameCodec codec = FrameCodec.builder().compression(compression).build();
    Files.write(file, FramesInMemory.bytes(codec.encode(frame, Map.of())));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      DuckDbRows.assertSame(statement, "SELECT * FROM read_parquet('" + file + "')", frame);
      assertThat(types(statement, file))
          .containsExactly(
              "TIMESTAMP WITH TIME ZONE",
              "TIMESTAMP",
              "TIMESTAMP WITH TIME ZONE",
              "TIMESTAMP_NS",
              "DATE",
              "DOUBLE",
              "DOUBLE",
              "FLOAT",
              "BIGINT",
              "INTEGER",
              "INTEGER",
              "BOOLEAN",
              "VARCHAR",
              "VARCHAR");
    }
  }

  @Test
  void itFindsRowsInOurFilesByTheirStatistics() throws Exception {
    int rows = 300_000;
    long[] time = new long[rows];
    double[] value = new double[rows];
    for (int i = 0; i < rows; i++) {
      time[i] = i * 1_000_000L;
      value[i] = i == 200_000 ? Double.NaN : i;
    }
    DataFrame frame =
        DataFrame.builder()
            .column("t", TimestampColumn.of(TimestampUnit.MICROS, true, time))
            .column("v", DoubleColumn.of(value))
            .build();
    Path file = folder.resolve("ours.parquet");
    Files.write(file, FramesInMemory.bytes(FrameCodec.builder().build().encode(frame, Map.of())));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*), min(v) FROM read_parquet('%s') WHERE v >= 299990 AND epoch_us(t) > 0 AND v < 1e9"
                    .formatted(file))) {
      assertThat(found.next()).isTrue();
      assertThat(found.getLong(1)).isEqualTo(10);
      assertThat(found.getDouble(2)).isEqualTo(299_990);
    }
  }

  @Test
  void itReadsOurEmptyFrame() throws Exception {
    Path file = folder.resolve("ours.parquet");
    FrameCodec codec = FrameCodec.builder().build();
    Files.write(file, FramesInMemory.bytes(codec.encode(frame().head(0), Map.of())));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getLong(1)).isZero();
    }
  }

  private static List<String> types(Statement statement, Path file) throws Exception {
    List<String> types = new ArrayList<>();
    try (ResultSet columns =
        statement.executeQuery("DESCRIBE SELECT * FROM read_parquet('" + file + "')")) {
      while (columns.next()) {
        types.add(columns.getString("column_type"));
      }
    }
    return types;
  }

  private static DataFrame frame() {
    boolean[] nulls = new boolean[ROWS];
    double[] price = new double[ROWS];
    float[] floats = new float[ROWS];
    long[] ticks = new long[ROWS];
    int[] ints = new int[ROWS];
    boolean[] flags = new boolean[ROWS];
    String[] texts = new String[ROWS];
    String[] ids = new String[ROWS];
    for (int i = 0; i < ROWS; i++) {
      nulls[i] = i % 5 == 2 || i > 4000;
      price[i] = Math.round(10_000 + 1000 * Math.sin(i)) / 100.0;
      floats[i] = (float) Math.sqrt(i);
      ticks[i] = (i - 300) * 60_000_000L;
      ints[i] = i * 7919;
      flags[i] = i % 3 == 0;
      texts[i] = nulls[i] ? null : "é" + i % 40;
      ids[i] = "row-" + i;
    }
    price[17] = -0.0;
    price[18] = 0.0;
    price[19] = Double.POSITIVE_INFINITY;
    Validity gaps = Validity.ofNulls(nulls);
    return DataFrame.builder()
        .column("t", TimestampColumn.of(TimestampUnit.MICROS, true, ticks))
        .column("local", TimestampColumn.wrap(ticks.clone(), TimestampUnit.MICROS, false, gaps))
        .column("ms", TimestampColumn.of(TimestampUnit.MILLIS, true, ticks))
        .column("ns", TimestampColumn.of(TimestampUnit.NANOS, false, ticks))
        .column("day", DateColumn.of(java.util.stream.IntStream.range(-99, ROWS - 99).toArray()))
        .column("price", DoubleColumn.of(price))
        .column(
            "gaps",
            DoubleColumn.wrap(
                java.util.stream.IntStream.range(0, ROWS).mapToDouble(Math::cbrt).toArray(), gaps))
        .column("ratio", FloatColumn.of(floats))
        .column("volume", LongColumn.of(ticks))
        .column("count", IntColumn.wrap(ints, gaps))
        .column(
            "few",
            IntColumn.of(
                java.util.stream.IntStream.range(0, ROWS).map(i -> i * 31 % 5 * 100_000).toArray()))
        .column("flag", BooleanColumn.wrap(flags, gaps))
        .column("text", StringColumn.of(texts))
        .column("id", StringColumn.of(ids))
        .build();
  }
}
