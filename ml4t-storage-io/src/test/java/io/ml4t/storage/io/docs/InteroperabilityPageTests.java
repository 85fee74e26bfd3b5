package io.ml4t.storage.io.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.io.avro.AvroParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on one directory and many programs: Java's, and DuckDB's as it is. */
class InteroperabilityPageTests {
  private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir Path root;

  @BeforeEach
  void writeAFrame() {
    try (Storage storage = FileSystemStorage.builder(root.resolve("data")).build().blocking()) {
      storage.write(Aapl.closingAt(104, 105, 106));
    }
  }

  @Test
  void parquetAvroReadsTheStoresFile() throws IOException {
    List<Double> closes = new ArrayList<>();

    AvroParquet.forEach(
        root.resolve("data/equities/daily/AAPL.parquet"),
        record -> closes.add((Double) record.get("close")));

    assertThat(closes).containsExactly(104.0, 105.0, 106.0);
  }

  @Test
  void duckDbRunsEachStatementOfThePage() throws Exception {
    String page = Files.readString(Path.of("../docs/interoperability.md"));
    List<String> statements =
        SQL.matcher(page)
            .results()
            .flatMap(block -> block.group(1).lines())
            .map(line -> line.replace("'data/", "'" + root + "/data/"))
            .toList();
    assertThat(statements).hasSize(3);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement duckDb = connection.createStatement()) {
      try (ResultSet rows = duckDb.executeQuery(statements.get(0))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getDouble("close")).isEqualTo(104);
      }
      try (ResultSet rows = duckDb.executeQuery(statements.get(1))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("filename")).endsWith("/equities/daily/AAPL.parquet");
        assertThat(rows.getDouble(2)).isEqualTo(106);
      }
      duckDb.execute(
          "CREATE TABLE bars AS FROM read_parquet('%s/data/equities/daily/AAPL.parquet')"
              .formatted(root));
      duckDb.execute(statements.get(2));
    }
    assertThat(root.resolve("data/equities/daily/.AAPL.new")).isNotEmptyFile();
  }
}
