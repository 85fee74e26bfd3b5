package io.ml4t.storage.io.avro;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.io.column.BooleanBuilder;
import io.ml4t.storage.io.column.ColumnBuilder;
import io.ml4t.storage.io.column.DateBuilder;
import io.ml4t.storage.io.column.DoubleBuilder;
import io.ml4t.storage.io.column.FloatBuilder;
import io.ml4t.storage.io.column.IntBuilder;
import io.ml4t.storage.io.column.LongBuilder;
import io.ml4t.storage.io.column.TextBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Collects the values of one field. Not thread-safe. */
final class AvroColumn {
  private final String name;
  private final ColumnType type;
  private final TimestampUnit unit;
  private final boolean utc;
  private final ColumnBuilder<?> values;

  AvroColumn(String name, ColumnType type) {
    this(name, TimestampUnit.MICROS, false, type);
  }

  AvroColumn(String name, TimestampUnit unit, boolean utc, ColumnType type) {
    this.name = name;
    this.type = type;
    this.unit = unit;
    this.utc = utc;
    this.values =
        switch (type) {
          case TIMESTAMP, LONG -> new LongBuilder();
          case DATE -> new DateBuilder();
          case INT -> new IntBuilder();
          case DOUBLE -> new DoubleBuilder();
          case FLOAT -> new FloatBuilder();
          case BOOLEAN -> new BooleanBuilder();
          case STRING -> new TextBuilder();
        };
  }

  String name() {
    return name;
  }

  /** Takes a value as a record has it: generated classes have logical values as java.time's. */
  void take(@Nullable Object value) {
    if (value == null) {
      values.addNull();
      return;
    }
    try {
      if (values instanceof LongBuilder longs) {
        longs.add(ticks(value));
      } else if (values instanceof DateBuilder dates) {
        dates.add(value instanceof LocalDate day ? Math.toIntExact(day.toEpochDay()) : (int) value);
      } else if (values instanceof IntBuilder ints) {
        ints.add((int) value);
      } else if (values instanceof DoubleBuilder doubles) {
        doubles.add((double) value);
      } else if (values instanceof FloatBuilder floats) {
        floats.add((float) value);
      } else if (values instanceof BooleanBuilder booleans) {
        booleans.add((boolean) value);
      } else if (values instanceof TextBuilder texts) {
        texts.add(value.toString());
      }
    } catch (ClassCastException | ArithmeticException e) {
      throw new InvalidDataException(
          "Cannot read Avro field '%s' in row %d: %s is no value of type %s"
              .formatted(name, values.size(), value, type),
          e);
    }
  }

  private long ticks(Object value) {
    if (value instanceof Instant instant) {
      return unit.fromInstant(instant);
    }
    return value instanceof LocalDateTime local
        ? unit.fromInstant(local.toInstant(ZoneOffset.UTC))
        : (long) value;
  }

  Column build() {
    Column column = values.build();
    return type == ColumnType.TIMESTAMP
        ? TimestampColumn.wrap(((LongColumn) column).unsafeArray(), unit, utc, column.validity())
        : column;
  }
}
