package io.ml4t.storage.parquet;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import org.jspecify.annotations.Nullable;

/** The ways from decoded values to a column of a frame, see {@link TypeMapping}. */
final class Conversions {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /** The Julian day of 1970-01-01, which INT96 counts from. */
  private static final long EPOCH_DAY = 2_440_588;

  private Conversions() {}

  static Column booleans(String name, Object values, Validity validity) {
    return BooleanColumn.wrap((boolean[]) values, validity);
  }

  static Column ints(String name, Object values, Validity validity) {
    return IntColumn.wrap((int[]) values, validity);
  }

  static Column longs(String name, Object values, Validity validity) {
    return LongColumn.wrap((long[]) values, validity);
  }

  static Column floats(String name, Object values, Validity validity) {
    return FloatColumn.wrap((float[]) values, validity);
  }

  static Column doubles(String name, Object values, Validity validity) {
    return DoubleColumn.wrap((double[]) values, validity);
  }

  static Column dates(String name, Object values, Validity validity) {
    return DateColumn.wrap((int[]) values, validity);
  }

  static Column strings(String name, Object values, Validity validity) {
    @Nullable String[] texts = (@Nullable String[]) values;
    if (validity.hasNulls()) {
      for (int row = 0; row < texts.length; row++) {
        if (validity.isNull(row)) {
          texts[row] = null;
        }
      }
    }
    return StringColumn.wrap(texts);
  }

  static ColumnSpec.Conversion timestamps(TimestampUnit unit, boolean utc) {
    return (name, values, validity) -> TimestampColumn.wrap((long[]) values, unit, utc, validity);
  }

  static Column unsignedInts(String name, Object values, Validity validity) {
    int[] ints = (int[]) values;
    long[] longs = new long[ints.length];
    for (int row = 0; row < ints.length; row++) {
      longs[row] = Integer.toUnsignedLong(ints[row]);
    }
    return LongColumn.wrap(longs, validity);
  }

  static Column unsignedLongs(String name, Object values, Validity validity) {
    long[] longs = (long[]) values;
    for (int row = 0; row < longs.length; row++) {
      if (longs[row] < 0 && !validity.isNull(row)) {
        throw new InvalidDataException(
            "Cannot read column '%s': %s in row %d is beyond the range of a long, cast it first"
                .formatted(name, Long.toUnsignedString(longs[row]), row));
      }
    }
    return LongColumn.wrap(longs, validity);
  }

  static Column float16(String name, Object values, Validity validity) {
    byte[][] halves = (byte[][]) values;
    float[] floats = new float[halves.length];
    for (int row = 0; row < halves.length; row++) {
      if (!validity.isNull(row)) {
        floats[row] = Float16.toFloat((halves[row][0] & 255) | halves[row][1] << 8);
      }
    }
    return FloatColumn.wrap(floats, validity);
  }

  static Column int96(String name, Object values, Validity validity) {
    byte[][] stamps = (byte[][]) values;
    try {
      return TimestampColumn.wrap(
          int96(name, stamps, validity, TimestampUnit.NANOS), TimestampUnit.NANOS, false, validity);
    } catch (ArithmeticException beyondNanos) {
      return TimestampColumn.wrap(
          int96Micros(name, stamps, validity), TimestampUnit.MICROS, false, validity);
    }
  }

  private static long[] int96Micros(String name, byte[][] stamps, Validity validity) {
    try {
      return int96(name, stamps, validity, TimestampUnit.MICROS);
    } catch (ArithmeticException e) {
      throw new InvalidDataException(
          "Cannot read column '%s': a timestamp is out of the range of microseconds"
              .formatted(name),
          e);
    }
  }

  /** Each stamp is the nanoseconds of the day, in eight bytes, and the Julian day, in four. */
  private static long[] int96(String name, byte[][] stamps, Validity validity, TimestampUnit unit) {
    long tick = TimestampUnit.NANOS.perSecond() / unit.perSecond();
    long[] ticks = new long[stamps.length];
    for (int row = 0; row < stamps.length; row++) {
      if (validity.isNull(row)) {
        continue;
      }
      long nanos = LittleEndian.getLong(stamps[row], 0);
      long day = LittleEndian.getInt(stamps[row], 8) - EPOCH_DAY;
      if (nanos % tick != 0) {
        throw new InvalidDataException(
            "Cannot read column '%s': row %d needs nanoseconds, and another row is out of their range (1677 to 2262)"
                .formatted(name, row));
      }
      ticks[row] = int96(day, nanos / tick, NANOS_PER_DAY / tick);
    }
    return ticks;
  }

  private static long int96(long day, long tickOfDay, long ticksPerDay) {
    // One day closer to zero first, so that the least representable instant does not overflow.
    long shift = day < 0 ? 1 : 0;
    return Math.addExact(
        Math.multiplyExact(day + shift, ticksPerDay), tickOfDay - shift * ticksPerDay);
  }
}
