package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects points in time, in microseconds or, where any needs it, nanoseconds. */
public final class TimestampBuilder extends ColumnBuilder<long[]> {
  private final boolean utc;

  /** What the microseconds leave over, in nanoseconds; empty as long as that is nothing. */
  private short[] rest = new short[0];

  /**
   * A builder without values.
   *
   * @param utc whether these are instants, rather than local times without a time zone
   */
  public TimestampBuilder(boolean utc) {
    super(new long[0]);
    this.utc = utc;
  }

  /**
   * Takes a value.
   *
   * @param time a local time as if it were UTC
   * @throws IllegalArgumentException if it is out of the range of microseconds
   */
  public void add(Instant time) {
    long micros = micros(time);
    int row = next();
    array()[row] = micros;
    int nanos = time.get(ChronoField.NANO_OF_SECOND) % 1_000;
    if (nanos != 0) {
      if (row >= rest.length) {
        rest = Arrays.copyOf(rest, array().length);
      }
      rest[row] = (short) nanos;
    }
  }

  /**
   * The microseconds from 1970-01-01T00:00:00Z to the time.
   *
   * @throws IllegalArgumentException if a long cannot hold them
   */
  public static long micros(Instant time) {
    try {
      return TimestampUnit.MICROS.fromInstant(time);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + time + "' is out of range", e);
    }
  }

  /**
   * The instant of a local time: as if it were UTC, or in a time zone. Of an hour that its clocks
   * go through twice, the first is meant.
   *
   * @param zone null for none
   * @throws IllegalArgumentException if the clocks of the zone skip the time
   */
  public static Instant instant(LocalDateTime local, @Nullable ZoneId zone) {
    if (zone == null) {
      return local.toInstant(ZoneOffset.UTC);
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' does not exist in %s: the clocks were put forward over it".formatted(local, zone));
    }
    return local.toInstant(offsets.get(0));
  }

  @Override
  Column build(long[] micros, Validity validity) {
    if (rest.length == 0) {
      return TimestampColumn.wrap(micros, TimestampUnit.MICROS, utc, validity);
    }
    for (int row = 0; row < micros.length; row++) {
      micros[row] = nanos(micros[row], row < rest.length ? rest[row] : 0);
    }
    return TimestampColumn.wrap(micros, TimestampUnit.NANOS, utc, validity);
  }

  private static long nanos(long micros, int rest) {
    try {
      return Math.addExact(Math.multiplyExact(micros, 1_000), rest);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'%s' is out of the range of nanoseconds, which other timestamps need"
              .formatted(TimestampUnit.MICROS.toInstant(micros)),
          e);
    }
  }
}
