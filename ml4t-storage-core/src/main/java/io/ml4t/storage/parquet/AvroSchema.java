package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** A frame's schema in Avro's JSON, for readers that go by Avro. */
final class AvroSchema {
  /** The footer's key, by parquet-avro's convention. */
  static final String KEY = "parquet.avro.schema";

  /** What Avro lets a field be called. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private AvroSchema() {}

  /** The schema, or nothing where a column has a name that Avro does not allow. */
  static Optional<String> of(DataFrame frame) {
    StringJoiner fields =
        new StringJoiner(
            ",", "{\"type\":\"record\",\"name\":\"Row\",\"namespace\":\"ml4t\",\"fields\":[", "]}");
    for (String name : frame.columnNames()) {
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
      fields.add(
          "{\"name\":\"%s\",\"type\":[\"null\",%s],\"default\":null}"
              .formatted(name, type(frame.column(name))));
    }
    return Optional.of(fields.toString());
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case TIMESTAMP -> {
        TimestampColumn timestamps = (TimestampColumn) column;
        yield logical(
            "long",
            (timestamps.isUtc() ? "timestamp-" : "local-timestamp-")
                + timestamps.unit().name().toLowerCase(Locale.ROOT));
      }
      case DATE -> logical("int", "date");
      case DOUBLE, FLOAT, LONG, INT, BOOLEAN, STRING ->
          '"' + column.type().name().toLowerCase(Locale.ROOT) + '"';
    };
  }

  private static String logical(String type, String logicalType) {
    return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logicalType + "\"}";
  }
}
