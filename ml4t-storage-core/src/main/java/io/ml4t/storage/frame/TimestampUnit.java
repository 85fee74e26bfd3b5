package io.ml4t.storage.frame;

import java.time.Instant;
import java.time.temporal.ChronoField;

/** What one tick of a timestamp counts. */
public enum TimestampUnit {
  /** Thousandths of a second. */
  MILLIS(1_000L),
  /** Millionths of a second. */
  MICROS(1_000_000L),
  /** Billionths of a second; reaches from 1677-09-21 to 2262-04-11. */
  NANOS(1_000_000_000L);

  private final long perSecond;

  TimestampUnit(long perSecond) {
    this.perSecond = perSecond;
  }

  /** The number of ticks in a second. */
  public long perSecond() {
    return perSecond;
  }

  /** The instant that many ticks after 1970-01-01T00:00:00Z, or before it when negative. Exact. */
  public Instant toInstant(long ticks) {
    return Instant.ofEpochSecond(
        Math.floorDiv(ticks, perSecond),
        Math.floorMod(ticks, perSecond) * (1_000_000_000L / perSecond));
  }

  /**
   * The ticks from 1970-01-01T00:00:00Z to the instant, rounded down to a whole tick.
   *
   * @throws ArithmeticException if a long cannot hold them
   */
  public long fromInstant(Instant instant) {
    long part = instant.getNano() / (1_000_000_000L / perSecond);
    if (instant.getEpochSecond() >= 0) {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), perSecond), part);
    }
    // One second closer to zero first, so that the least representable instant does not overflow.
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond() + 1, perSecond), part - perSecond);
  }

  /** Whether the instant is a whole number of ticks. */
  public boolean isExact(Instant instant) {
    return instant.get(ChronoField.NANO_OF_SECOND) % (1_000_000_000L / perSecond) == 0;
  }
}
