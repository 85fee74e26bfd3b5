package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.TimestampColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Polars in a process of Node. {@code src/test/node/polars.js} says what is exchanged, and how. */
final class Polars implements AutoCloseable {
  /** Where {@code ml4t-storage-io/conformance.sh} installs it. */
  private static final Path MODULES = Path.of("..", "ml4t-storage-io", "node_modules");

  private final Process node;
  private final Writer requests;
  private final BufferedReader replies;

  Polars() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("node", Path.of("src/test/node/polars.js").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("NODE_PATH", MODULES.toAbsolutePath().toString());
    node = builder.start();
    requests = node.outputWriter(StandardCharsets.UTF_8);
    replies = node.inputReader(StandardCharsets.UTF_8);
  }

  /** Why it is not there, or null where it is. */
  static @Nullable String missing() {
    if (!Files.isDirectory(MODULES.resolve("nodejs-polars"))) {
      return "nodejs-polars is not installed; ml4t-storage-io/conformance.sh installs it";
    }
    try {
      new ProcessBuilder("node", "--version").start();
      return null;
    } catch (IOException e) {
      return "Node is not installed";
    }
  }

  /**
   * What Polars reads of a file.
   *
   * @param columns with their types
   * @param values as {@link #values} has them
   */
  record Answer(String columns, ByteBuffer values) {}

  Answer read(Path file) throws IOException {
    requests.write(file + "\n");
    requests.flush();
    String reply = replies.readLine();
    if (reply == null || !reply.startsWith("ok ")) {
      throw new IOException(file + ": " + reply);
    }
    Path values = Path.of(file + ".values");
    Answer answer = new Answer(reply.substring(3), ByteBuffer.wrap(Files.readAllBytes(values)));
    Files.delete(values);
    return answer;
  }

  /** A frame's columns with the types that they have in Polars. */
  static String columns(DataFrame frame) {
    return frame.columnNames().stream()
        .map(name -> name + ": " + type(frame.column(name)))
        .collect(Collectors.joining("; "));
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case TIMESTAMP -> {
        TimestampColumn timestamps = (TimestampColumn) column;
        String unit =
            switch (timestamps.unit()) {
              case MILLIS -> "ms";
              case MICROS -> "us";
              case NANOS -> "ns";
            };
        yield "Datetime(" + unit + "," + (timestamps.isUtc() ? "UTC" : "") + ")";
      }
      case DATE -> "Date";
      case DOUBLE -> "Float64";
      case FLOAT -> "Float32";
      case LONG -> "Int64";
      case INT -> "Int32";
      case BOOLEAN -> "Bool";
      case STRING -> "String";
    };
  }

  /**
   * A frame's values, column by column: a byte for each row, 1 where it is null; then the other
   * values.
   */
  static ByteBuffer values(DataFrame frame) {
    Sink out = new Sink();
    for (String name : frame.columnNames()) {
      Column column = frame.column(name);
      for (int row = 0; row < frame.rowCount(); row++) {
        out.put(column.isNull(row) ? 1 : 0);
      }
      for (int row = 0; row < frame.rowCount(); row++) {
        if (!column.isNull(row)) {
          put(column, row, out);
        }
      }
    }
    return out.copy();
  }

  private static void put(Column column, int row, Sink out) {
    if (column instanceof DoubleColumn doubles) {
      out.putLong(Double.doubleToRawLongBits(doubles.get(row)));
    } else if (column instanceof FloatColumn floats) {
      out.putInt(Float.floatToRawIntBits(floats.get(row)));
    } else if (column instanceof LongColumn longs) {
      out.putLong(longs.get(row));
    } else if (column instanceof TimestampColumn timestamps) {
      out.putLong(timestamps.get(row));
    } else if (column instanceof IntColumn ints) {
      out.putInt(ints.get(row));
    } else if (column instanceof DateColumn dates) {
      out.putInt(dates.get(row));
    } else if (column instanceof BooleanColumn booleans) {
      out.put(booleans.get(row) ? 1 : 0);
    } else {
      byte[] text = String.valueOf(column.value(row)).getBytes(StandardCharsets.UTF_8);
      out.putInt(text.length);
      out.put(text, 0, text.length);
    }
  }

  @Override
  public void close() {
    node.destroy();
  }
}
