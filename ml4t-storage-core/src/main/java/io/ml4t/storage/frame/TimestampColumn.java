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
    validity.forEachNull(row -> values[row] = 0);
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

  /**
   * A column of instants in microseconds, or in nanoseconds where any of them needs it. A null
   * entry is a null row.
   *
   * @throws IllegalArgumentException if an instant is out of the unit's range
   */
  public static TimestampColumn ofInstants(@Nullable Instant... instants) {
    return of(instants, true);
  }

  /**
   * A column of local times in microseconds, or in nanoseconds where any of them needs it. A null
   * entry is a null row.
   *
   * @throws IllegalArgumentException if a time is out of the unit's range
   */
  public static TimestampColumn ofLocal(@Nullable LocalDateTime... times) {
    @Nullable Instant[] instants = new @Nullable Instant[times.length];
    for (int row = 0; row < instants.length; row++) {
      LocalDateTime time = times[row];
      instants[row] = time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
    return of(instants, false);
  }

  private static TimestampColumn of(@Nullable Instant[] instants, boolean utc) {
    TimestampUnit unit = TimestampUnit.MICROS;
    for (Instant instant : instants) {
      unit = instant == null || unit.isExact(instant) ? unit : TimestampUnit.NANOS;
    }
    long[] ticks = new long[instants.length];
    for (int row = 0; row < ticks.length; row++) {
      Instant instant = instants[row];
      try {
        ticks[row] = instant == null ? 0 : unit.fromInstant(instant);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "Cannot hold %s in row %d: out of the range of %s"
                .formatted(instant, row, unit.name().toLowerCase(Locale.ROOT)),
            e);
      }
    }
    return wrap(ticks, unit, utc, Validity.ofNonNull(instants));
  }

  /** What a tick counts. */
  public TimestampUnit unit() {
    return unit;
  }

  /** Whether these are instants, rather than local times without a time zone. */
  public boolean isUtc() {
    return utc;
  }

  /** The least timestamp, null where there is none; local times are read as UTC. */
  public @Nullable Instant least() {
    int least = -1;
    for (int row = 0; row < values.length; row++) {
      if (!isNull(row) && (least < 0 || values[row] < values[least])) {
        least = row;
      }
    }
    return least < 0 ? null : unit.toInstant(values[least]);
  }

  /** The greatest timestamp, null where there is none; local times are read as UTC. */
  public @Nullable Instant greatest() {
    int greatest = -1;
    for (int row = 0; row < values.length; row++) {
      if (!isNull(row) && (greatest < 0 || values[row] > values[greatest])) {
        greatest = row;
      }
    }
    return greatest < 0 ? null : unit.toInstant(values[greatest]);
  }

  /** The point in time at a row, a local time read as UTC; the epoch where it is null. */
  public Instant instant(int row) {
    return unit.toInstant(values[row]);
  }

  @Nullable Instant instantOrNull(int row) {
    return isNull(row) ? null : instant(row);
  }

  /** The time at a row without its time zone, an instant read in UTC; null where it is null. */
  @Nullable LocalDateTime localOrNull(int row) {
    return isNull(row) ? null : LocalDateTime.ofInstant(instant(row), ZoneOffset.UTC);
  }

  /** Whether every row has a value that is not less than the one before. */
  boolean isAscending() {
    for (int row = 1; row < values.length; row++) {
      if (values[row - 1] > values[row]) {
        return false;
      }
    }
    return nullCount() == 0;
  }

  /**
   * The first row of an ascending column that is not before the time; the size if there is none.
   */
  int firstNotBefore(Instant time) {
    int low = 0;
    int high = values.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      // Compared as instants, for the bound may lie outside the range of the unit, or between
      // ticks.
      if (instant(middle).isBefore(time)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the time at a row is in a range; null is no bound, and a null row is in no range. */
  boolean isBetween(int row, @Nullable Instant fromInclusive, @Nullable Instant toExclusive) {
    Instant time = instantOrNull(row);
    return time != null
        && (fromInclusive == null || !time.isBefore(fromInclusive))
        && (toExclusive == null || time.isBefore(toExclusive));
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
    return utc ? instantOrNull(row) : localOrNull(row);
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
