package io.ml4t.storage.io.avro;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Frames as Avro records, and back.
 *
 * <p>Timestamps are longs with the logical types {@code timestamp-millis}, {@code -micros} and
 * {@code -nanos} where they are instants, and {@code local-timestamp-…} where they are local; dates
 * are ints with {@code date}. Every field is a union with null.
 */
public final class AvroFrames {
  private AvroFrames() {}

  /**
   * The schema of a frame: a record {@code ml4t.Row} with a field per column, as it is in the
   * footer of the store's files.
   *
   * @throws InvalidDataException if a column has a name that Avro does not allow
   */
  public static Schema schema(DataFrame frame) {
    return AvroTypes.schema(frame);
  }

  /**
   * The rows of a frame as records of its schema, logical values as plain numbers.
   *
   * @return an unmodifiable view; each record is made when it is asked for
   * @throws InvalidDataException if a column has a name that Avro does not allow
   */
  public static List<GenericRecord> records(DataFrame frame) {
    Schema schema = schema(frame);
    return new AvroRows<>(frame, schema, () -> new GenericData.Record(schema));
  }

  /**
   * The rows of a frame as records of a generated class, whose fields are matched to columns by
   * name; further columns are ignored. Logical values are what the class has them as.
   *
   * @return an unmodifiable view; each record is made when it is asked for
   * @throws InvalidDataException if a field has no column, or one of another type
   */
  public static <T extends SpecificRecordBase> List<T> records(DataFrame frame, Class<T> type) {
    Schema schema = SpecificData.get().getSchema(type);
    for (Schema.Field field : schema.getFields()) {
      AvroTypes.check(frame, field);
    }
    return new AvroRows<>(frame, schema, () -> type.cast(SpecificData.newInstance(type, schema)));
  }

  /**
   * A frame with a row per record and a column per field.
   *
   * @param records of that schema, generic or generated; read once
   * @throws InvalidDataException if a field is of a type that no column can hold, or a record is of
   *     another schema
   */
  public static DataFrame frame(Schema schema, Iterable<? extends IndexedRecord> records) {
    List<AvroColumn> columns = schema.getFields().stream().map(AvroTypes::column).toList();
    int row = 0;
    for (IndexedRecord record : records) {
      if (!record.getSchema().equals(schema)) {
        throw new InvalidDataException(
            "Cannot make frame of records: row %d is of schema %s, expected %s"
                .formatted(row, record.getSchema().getFullName(), schema.getFullName()));
      }
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).take(record.get(i));
      }
      row++;
    }
    Map<String, Column> built = new LinkedHashMap<>();
    columns.forEach(column -> built.put(column.name(), column.build()));
    return DataFrame.of(built);
  }

  /**
   * A frame with a row per record and a column per field.
   *
   * @param records at least one, all of one schema
   * @throws InvalidDataException if there is none, or as the other method
   */
  public static DataFrame frame(List<? extends IndexedRecord> records) {
    if (records.isEmpty()) {
      throw new InvalidDataException(
          "Cannot make frame of no records: name their schema, as in AvroFrames.frame(schema, records)");
    }
    return frame(records.get(0).getSchema(), records);
  }
}
