package io.ml4t.storage.io.avro;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which type of Avro stands for which type of column. */
final class AvroTypes {
  private static final String LOCAL = "local-";
  private static final String TIMESTAMP = "timestamp-";

  private AvroTypes() {}

  static Schema schema(DataFrame frame) {
    List<Schema.Field> fields = new ArrayList<>();
    try {
      for (String name : frame.columnNames()) {
        Schema nullable =
            Schema.createUnion(Schema.create(Schema.Type.NULL), schema(frame.column(name)));
        fields.add(new Schema.Field(name, nullable, null, Schema.Field.NULL_DEFAULT_VALUE));
      }
    } catch (AvroRuntimeException e) {
      throw new InvalidDataException(
          "Cannot make an Avro schema: " + e.getMessage() + "; name the column otherwise", e);
    }
    return Schema.createRecord("Row", null, "ml4t", false, fields);
  }

  private static Schema schema(Column column) {
    return switch (column.type()) {
      case TIMESTAMP -> timestamps((TimestampColumn) column);
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case INT -> Schema.create(Schema.Type.INT);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case STRING -> Schema.create(Schema.Type.STRING);
    };
  }

  private static Schema timestamps(TimestampColumn column) {
    Schema longs = Schema.create(Schema.Type.LONG);
    nameTimestamps(longs, column.unit(), column.isUtc());
    // Read back, so that the schema has the logical types that Avro does know.
    return new Schema.Parser().parse(longs.toString());
  }

  /** Says that longs are timestamps, by name: Avro 1.11 has no type for nanoseconds. */
  static void nameTimestamps(Schema longs, TimestampUnit unit, boolean utc) {
    String zone = utc ? "" : LOCAL;
    longs.addProp(
        LogicalType.LOGICAL_TYPE_PROP, zone + TIMESTAMP + unit.name().toLowerCase(Locale.ROOT));
  }

  /** A value as Avro has it; null where the row has none. */
  static @Nullable Object value(Column column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.type()) {
      case TIMESTAMP -> ((TimestampColumn) column).get(row);
      case DATE -> ((DateColumn) column).get(row);
      default -> column.value(row);
    };
  }

  /** The other type of a union with null, or the type itself. */
  static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  /** The collector of a field's values. */
  static AvroColumn column(Schema.Field field) {
    Schema schema = withoutNull(field.schema());
    @Nullable String logical = logicalName(schema);
    return switch (schema.getType()) {
      case LONG ->
          logical != null && logical.contains(TIMESTAMP)
              ? new AvroColumn(
                  field.name(), unit(logical), !logical.startsWith(LOCAL), ColumnType.TIMESTAMP)
              : new AvroColumn(field.name(), ColumnType.LONG);
      case INT ->
          new AvroColumn(field.name(), "date".equals(logical) ? ColumnType.DATE : ColumnType.INT);
      case DOUBLE -> new AvroColumn(field.name(), ColumnType.DOUBLE);
      case FLOAT -> new AvroColumn(field.name(), ColumnType.FLOAT);
      case BOOLEAN -> new AvroColumn(field.name(), ColumnType.BOOLEAN);
      case STRING, ENUM -> new AvroColumn(field.name(), ColumnType.STRING);
      default ->
          throw new InvalidDataException(
              "Cannot read Avro field '%s': a frame cannot hold its type %s"
                  .formatted(field.name(), field.schema()));
    };
  }

  private static TimestampUnit unit(String logical) {
    return TimestampUnit.valueOf(
        logical.substring(logical.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT));
  }

  private static @Nullable String logicalName(Schema schema) {
    return schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
  }

  /**
   * Checks that a frame has what a field needs.
   *
   * @throws InvalidDataException if it has not
   */
  static void check(DataFrame frame, Schema.Field field) {
    if (!frame.hasColumn(field.name())) {
      throw new InvalidDataException(
          "Cannot make records: field '%s' has no column; the frame has %s"
              .formatted(field.name(), frame.columnNames()));
    }
    Column column = frame.column(field.name());
    Schema wanted = withoutNull(field.schema());
    Schema given = schema(column);
    if (wanted.getType() != given.getType()
        || !Objects.equals(logicalName(wanted), logicalName(given))) {
      throw new InvalidDataException(
          "Cannot make records: field '%s' is %s, but its column is %s"
              .formatted(field.name(), wanted, column.describe()));
    }
    if (column.nullCount() > 0 && !field.schema().isNullable()) {
      throw new InvalidDataException(
          "Cannot make records: field '%s' cannot be null, but its column is in some rows"
              .formatted(field.name()));
    }
  }
}
