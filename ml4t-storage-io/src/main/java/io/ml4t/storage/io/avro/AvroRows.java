package io.ml4t.storage.io.avro;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** The rows of a frame as records, each made when it is asked for. */
final class AvroRows<T extends IndexedRecord> extends AbstractList<T> implements RandomAccess {
  private final int size;
  private final List<Schema.Field> fields;
  private final List<Column> columns;
  private final Supplier<T> empty;

  /**
   * @param schema has a field for each column that records get
   * @param empty makes a record without values
   */
  AvroRows(DataFrame frame, Schema schema, Supplier<T> empty) {
    this.size = frame.rowCount();
    this.fields = schema.getFields();
    this.columns = fields.stream().map(field -> frame.column(field.name())).toList();
    this.empty = empty;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public T get(int row) {
    Objects.checkIndex(row, size);
    T record = empty.get();
    for (int i = 0; i < columns.size(); i++) {
      Object value = AvroTypes.value(columns.get(i), row);
      record.put(i, value == null ? null : converted(record, i, value));
    }
    return record;
  }

  /** The value as the record's class has it, for example an Instant. */
  private Object converted(IndexedRecord record, int index, Object value) {
    Conversion<?> conversion =
        record instanceof SpecificRecordBase specific ? specific.getConversion(index) : null;
    Schema schema = AvroTypes.withoutNull(fields.get(index).schema());
    @Nullable Object logical =
        conversion == null
            ? value
            : Conversions.convertToLogicalType(value, schema, schema.getLogicalType(), conversion);
    return Objects.requireNonNull(logical);
  }
}
