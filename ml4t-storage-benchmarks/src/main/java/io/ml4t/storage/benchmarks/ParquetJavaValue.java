package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.Instant;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A value of a frame and of parquet-java in one form, floating point numbers by their bits. */
final class ParquetJavaValue {
  private static final String NULL = "null";
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  private ParquetJavaValue() {}

  /** A value of a frame. */
  static Object of(Column column, int row) {
    Object value = column.value(row);
    if (value == null) {
      return NULL;
    }
    return switch (column.type()) {
      case TIMESTAMP -> ((TimestampColumn) column).instant(row);
      case DATE -> number(((DateColumn) column).get(row));
      case LONG, INT -> number(((Number) value).longValue());
      case DOUBLE -> Double.doubleToRawLongBits((Double) value);
      case FLOAT -> bits((Float) value);
      case BOOLEAN, STRING -> value;
    };
  }

  private static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }

  /** The bits of a float; which of the many NaNs one is does not count, as JVMs may change it. */
  private static Integer bits(float value) {
    return Float.floatToIntBits(value);
  }

  /** The only column of a row of parquet-java. */
  static Object of(Group row, PrimitiveType type) {
    if (row.getFieldRepetitionCount(0) == 0) {
      return NULL;
    }
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean unsigned = logical instanceof IntLogicalTypeAnnotation i && !i.isSigned();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> row.getBoolean(0, 0);
      case INT32 ->
          number(unsigned ? Integer.toUnsignedLong(row.getInteger(0, 0)) : row.getInteger(0, 0));
      case INT64 -> ofLong(row.getLong(0, 0), unsigned, logical);
      case INT96 -> ofInt96(row.getInt96(0, 0));
      case FLOAT -> bits(row.getFloat(0, 0));
      case DOUBLE -> Double.doubleToRawLongBits(row.getDouble(0, 0));
      case BINARY -> row.getBinary(0, 0).toStringUsingUTF8();
      case FIXED_LEN_BYTE_ARRAY ->
          logical instanceof Float16LogicalTypeAnnotation
              ? bits(float16(row.getBinary(0, 0)))
              : row.getBinary(0, 0);
    };
  }

  private static Object ofLong(
      long value, boolean unsigned, @Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return TimestampUnit.valueOf(timestamp.getUnit().name()).toInstant(value);
    }
    return unsigned ? new BigInteger(Long.toUnsignedString(value)) : number(value);
  }

  private static Instant ofInt96(Binary value) {
    var bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanosOfDay = bytes.getLong();
    long day = bytes.getInt() - JULIAN_DAY_OF_EPOCH;
    return Instant.EPOCH.plusSeconds(day * 86_400).plusNanos(nanosOfDay);
  }

  /** IEEE 754's binary16: parquet-java keeps its own conversion to itself. */
  private static float float16(Binary value) {
    int bits = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort();
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (fraction + 1024), exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
