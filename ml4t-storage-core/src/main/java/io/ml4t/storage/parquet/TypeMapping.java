package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.TimestampUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a Parquet type becomes in a frame.
 *
 * <ul>
 *   <li>TIMESTAMP, and its older forms TIMESTAMP_MILLIS and TIMESTAMP_MICROS, which are UTC:
 *       timestamps of the same unit and time zone rule.
 *   <li>INT96: local timestamps in nanoseconds, as Python's tools read them; in microseconds where
 *       a value is out of the range of nanoseconds.
 *   <li>DATE: dates. FLOAT16, FLOAT: floats. DOUBLE: doubles. BOOLEAN: booleans.
 *   <li>Integers of 8, 16 and 32 bits: ints; unsigned ones of 32 bits, and all of 64: longs, where
 *       a value beyond a long's range is an error.
 *   <li>STRING, ENUM, JSON and bytes without a meaning: text, where bytes that are not UTF-8 are an
 *       error.
 *   <li>UNKNOWN, which is null throughout: the physical type.
 * </ul>
 */
record TypeMapping(ColumnType type, ColumnSpec.Conversion conversion) {
  private static final int CONVERTED_UTF8 = 0;
  private static final int CONVERTED_ENUM = 4;
  private static final int CONVERTED_DATE = 6;
  private static final int CONVERTED_TIMESTAMP_MILLIS = 9;
  private static final int CONVERTED_TIMESTAMP_MICROS = 10;
  private static final int CONVERTED_UINT_8 = 11;
  private static final int CONVERTED_UINT_64 = 14;
  private static final int CONVERTED_INT_8 = 15;
  private static final int CONVERTED_INT_64 = 18;
  private static final int CONVERTED_JSON = 19;

  /** The mapping of an element, or null where a frame cannot hold it. */
  static @Nullable TypeMapping of(SchemaElement element) {
    LogicalType logical = element.logicalType();
    if (logical == null) {
      logical = modern(element.convertedType());
    }
    PhysicalType physical = element.physicalType();
    if (physical == null || (logical != null && logical.kind() == 0)) {
      return null;
    }
    return logical == null || logical.kind() == LogicalType.UNKNOWN
        ? ofPhysical(physical)
        : ofLogical(logical, physical, element.fixedLength());
  }

  private static @Nullable TypeMapping ofPhysical(PhysicalType type) {
    return switch (type) {
      case BOOLEAN -> new TypeMapping(ColumnType.BOOLEAN, Conversions::booleans);
      case INT32 -> new TypeMapping(ColumnType.INT, Conversions::ints);
      case INT64 -> new TypeMapping(ColumnType.LONG, Conversions::longs);
      case INT96 -> new TypeMapping(ColumnType.TIMESTAMP, Conversions::int96);
      case FLOAT -> new TypeMapping(ColumnType.FLOAT, Conversions::floats);
      case DOUBLE -> new TypeMapping(ColumnType.DOUBLE, Conversions::doubles);
      case BYTE_ARRAY -> new TypeMapping(ColumnType.STRING, Conversions::strings);
      case FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private static @Nullable TypeMapping ofLogical(
      LogicalType logical, PhysicalType physical, int fixedLength) {
    return switch (logical.kind()) {
      case LogicalType.TIMESTAMP -> physical == PhysicalType.INT64 ? timestamps(logical) : null;
      case LogicalType.DATE ->
          physical == PhysicalType.INT32
              ? new TypeMapping(ColumnType.DATE, Conversions::dates)
              : null;
      case LogicalType.STRING, LogicalType.ENUM, LogicalType.JSON ->
          physical == PhysicalType.BYTE_ARRAY ? ofPhysical(physical) : null;
      case LogicalType.FLOAT16 ->
          physical == PhysicalType.FIXED_LEN_BYTE_ARRAY && fixedLength == 2
              ? new TypeMapping(ColumnType.FLOAT, Conversions::float16)
              : null;
      case LogicalType.INTEGER -> integers(logical, physical);
      default -> null;
    };
  }

  private static TypeMapping timestamps(LogicalType logical) {
    TimestampUnit unit = logical.timestampUnit();
    return new TypeMapping(ColumnType.TIMESTAMP, Conversions.timestamps(unit, logical.utc()));
  }

  private static @Nullable TypeMapping integers(LogicalType logical, PhysicalType physical) {
    if (physical == PhysicalType.INT64) {
      return logical.signed()
          ? ofPhysical(physical)
          : new TypeMapping(ColumnType.LONG, Conversions::unsignedLongs);
    }
    if (physical != PhysicalType.INT32) {
      return null;
    }
    return logical.signed() || logical.bits() < 32
        ? ofPhysical(physical)
        : new TypeMapping(ColumnType.LONG, Conversions::unsignedInts);
  }

  /** The logical type that took a converted type's place; of kind 0 where a frame has none. */
  private static @Nullable LogicalType modern(int converted) {
    if (converted >= CONVERTED_UINT_8 && converted <= CONVERTED_UINT_64) {
      return new LogicalType(
          LogicalType.INTEGER, false, 0, 8 << (converted - CONVERTED_UINT_8), false);
    }
    if (converted >= CONVERTED_INT_8 && converted <= CONVERTED_INT_64) {
      return new LogicalType(
          LogicalType.INTEGER, false, 0, 8 << (converted - CONVERTED_INT_8), true);
    }
    return switch (converted) {
      case -1 -> null;
      case CONVERTED_UTF8 -> LogicalType.of(LogicalType.STRING);
      case CONVERTED_ENUM -> LogicalType.of(LogicalType.ENUM);
      case CONVERTED_JSON -> LogicalType.of(LogicalType.JSON);
      case CONVERTED_DATE -> LogicalType.of(LogicalType.DATE);
      case CONVERTED_TIMESTAMP_MILLIS -> LogicalType.timestamp(TimestampUnit.MILLIS, true);
      case CONVERTED_TIMESTAMP_MICROS -> LogicalType.timestamp(TimestampUnit.MICROS, true);
      default -> LogicalType.of(0);
    };
  }
}
