package io.ml4t.storage.benchmarks;

import io.ml4t.storage.parquet.Compression;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/** DuckDB over JDBC: rows come through a result set, files are written of a table in memory. */
final class DuckDbEngine implements ParquetEngine {
  private final Connection connection;

  DuckDbEngine(int threads) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    execute("SET threads = " + threads);
  }

  @Override
  public String name() {
    return "DuckDB JDBC";
  }

  @Override
  public Contestant reader(Path file, int rows) {
    String query =
        "SELECT epoch_us(\"timestamp\"), open, high, low, close, volume FROM read_parquet('%s')"
            .formatted(file);
    return Contestant.of(
        name(),
        () -> {
          BarArrays bars = new BarArrays(rows);
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery(query)) {
            for (int row = 0; result.next(); row++) {
              bars.set(
                  row,
                  result.getLong(1),
                  result.getDouble(2),
                  result.getDouble(3),
                  result.getDouble(4),
                  result.getDouble(5),
                  result.getLong(6));
            }
          }
        });
  }

  @Override
  public Contestant writer(Sample sample, Path file, Compression compression) throws SQLException {
    execute("CREATE OR REPLACE TABLE bars AS SELECT * FROM read_parquet('" + sample.file() + "')");
    String copy =
        "COPY bars TO '%s' (FORMAT parquet, COMPRESSION %s)"
            .formatted(file, compression.name().toLowerCase(Locale.ROOT));
    return Contestant.of(name(), () -> execute(copy));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
