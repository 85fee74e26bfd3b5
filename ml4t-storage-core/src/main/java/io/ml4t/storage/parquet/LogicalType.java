package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.TimestampUnit;

/**
 * What the values of a column mean: Parquet's union {@code LogicalType}.
 *
 * @param kind the union's field
 * @param utc whether times are adjusted to UTC
 * @param unit of times: the field of {@code TimeUnit}, 1 to 3 for milli-, micro- and nanoseconds
 * @param bits the width of integers
 * @param signed whether integers are
 */
record LogicalType(int kind, boolean utc, int unit, int bits, boolean signed) {
  static final int STRING = 1;
  static final int ENUM = 4;
  static final int DECIMAL = 5;
  static final int DATE = 6;
  static final int TIME = 7;
  static final int TIMESTAMP = 8;
  static final int INTEGER = 10;
  static final int UNKNOWN = 11;
  static final int JSON = 12;
  static final int FLOAT16 = 15;

  private static final String[] NAMES = {
    "",
    "STRING",
    "MAP",
    "LIST",
    "ENUM",
    "DECIMAL",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "",
    "INTEGER",
    "UNKNOWN",
    "JSON",
    "BSON",
    "UUID",
    "FLOAT16",
    "VARIANT",
    "GEOMETRY",
    "GEOGRAPHY"
  };

  static LogicalType of(int kind) {
    return new LogicalType(kind, false, 0, 0, false);
  }

  static LogicalType timestamp(TimestampUnit unit, boolean utc) {
    int field =
        switch (unit) {
          case MILLIS -> 1;
          case MICROS -> 2;
          case NANOS -> 3;
        };
    return new LogicalType(TIMESTAMP, utc, field, 0, false);
  }

  /** The type's name, or its number where it is unknown here. */
  String name() {
    return kind < NAMES.length ? NAMES[kind] : "logical type " + kind;
  }

  TimestampUnit timestampUnit() {
    return switch (unit) {
      case 1 -> TimestampUnit.MILLIS;
      case 2 -> TimestampUnit.MICROS;
      case 3 -> TimestampUnit.NANOS;
      default -> throw new MalformedException("a timestamp has no unit");
    };
  }

  static LogicalType read(ThriftReader in) {
    in.enterStruct();
    LogicalType type = of(0);
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      if (in.type() == ThriftReader.STRUCT) {
        type = readMember(in, id);
      } else {
        in.skip();
      }
    }
    return type;
  }

  private static LogicalType readMember(ThriftReader in, int kind) {
    boolean utc = false;
    int unit = 0;
    int bits = 0;
    boolean signed = false;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (kind << 8 | id) {
        case TIME << 8 | 1, TIMESTAMP << 8 | 1 -> utc = in.bool();
        case TIME << 8 | 2, TIMESTAMP << 8 | 2 -> unit = readUnit(in);
        case INTEGER << 8 | 1 -> bits = in.i8();
        case INTEGER << 8 | 2 -> signed = in.bool();
        default -> in.skip();
      }
    }
    return new LogicalType(kind, utc, unit, bits, signed);
  }

  private static int readUnit(ThriftReader in) {
    in.enterStruct();
    int unit = 0;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      unit = id;
      in.skip();
    }
    return unit;
  }

  /** Writes the union, whose structure the caller has begun. */
  void write(ThriftWriter out) {
    out.struct(kind);
    if (kind == TIMESTAMP) {
      out.bool(1, utc).struct(2).struct(unit).end().end();
    }
    out.end().end();
  }
}
