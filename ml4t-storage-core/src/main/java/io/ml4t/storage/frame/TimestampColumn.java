package io.ml4t.storage.frame;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of points in time, each held as ticks of one {@link TimestampUnit} since
 * 1970-01-01T00:00.
 *
 * <p>A column is either of instants (ticks since 1970-01-01T00:00:00Z; Parquet's {@code
 * isAdjustedToUTC = true}) or local, without a time zone ({@code isAdjustedToUTC = false}). Python
 * market data is mostly local by that mark and means UTC; {@link #instant} reads both as UTC.
 */
public final class TimestampColumn extends Column {
  private final long[] values;
  private final TimestampUnit unit;
  private final boolean utc;

  private TimestampColumn(long[] values, TimestampUnit unit, boolean utc, Validity validity) {
    super(values, validity);
    this.unit = unit;
    this.utc = utc;
    this.values = values;
    if (validity.hasNulls()) {
      for (int row = 0; row < values.length; row++) {
        if (validity.isNull(row)) {
          values[row] = 0;
        }
      }
    }
  }

  /**
   * A column of a copy of the ticks, none of them null.
   *
   * @param unit what a tick counts
   * @param utc whether these are instants, rather than local times without a time zone
   */
  public static TimestampColumn of(TimestampUnit unit, boolean utc, long... ticks) {
    return wrap(ticks.clone(), unit, utc, Validity.allValid(ticks.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   *
   * @param unit what a tick counts
   * @param utc whether these are instants, rather than local times without a time zone
   */
  public static TimestampColumn wrap(
      long[] ticks, TimestampUnit unit, boolean utc, Validity validity) {
    return new TimestampColumn(ticks, unit, utc, validity);
  }

  /** A column of instants in microseconds, or in nanoseconds where any of them needs it. */
  public static TimestampColumn ofInstants(Instant... instants) {
    TimestampUnit unit = TimestampUnit.MICROS;
    for (Instant instant : instants) {
      unit = unit.isExact(instant) ? unit : TimestampUnit.NANOS;
    }
    long[] ticks = new long[instants.length];
    for (int row = 0; row < ticks.length; row++) {
      ticks[row] = unit.fromInstant(instants[row]);
    }
    return wrap(ticks, unit, true, Validity.allValid(ticks.length));
  }

  /** What a tick counts. */
  public TimestampUnit unit() {
    return unit;
  }

  /** Whether these are instants, rather than local times without a time zone. */
  public boolean isUtc() {
    return utc;
  }

  /** The point in time at a row, a local time read as UTC; the epoch where it is null. */
  public Instant instant(int row) {
    return unit.toInstant(values[row]);
  }

  /** The ticks at a row; zero where it is null. */
  public long get(int row) {
    return values[row];
  }

  /** A copy of the ticks; zero where a row is null. */
  public long[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public long[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.TIMESTAMP;
  }

  @Override
  public @Nullable Temporal value(int row) {
    if (isNull(row)) {
      return null;
    }
    return utc ? instant(row) : LocalDateTime.ofInstant(instant(row), ZoneOffset.UTC);
  }

  @Override
  public String describe() {
    return "timestamp(" + unit.name().toLowerCase(Locale.ROOT) + (utc ? ", utc)" : ", local)");
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    long[] taken = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new TimestampColumn((long[]) array, unit, utc, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((TimestampColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
