package io.ml4t.storage.migration;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets so much begin in a second, evenly. */
final class Pace {
  /** Time, so that a test need not wait for it. */
  interface Ticker {
    long nanoTime();

    void sleep(long nanos);
  }

  static final Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  /** How long to sleep at most before a look whether all is over: a tenth of a second. */
  private static final double LOOK_UP = 1e8;

  private final double nanosPerUnit;
  private final Ticker ticker;
  private final long start;
  private double free;

  /**
   * A pace.
   *
   * @param perSecond infinite for no limit
   */
  Pace(double perSecond, Ticker ticker) {
    this.nanosPerUnit = 1e9 / perSecond;
    this.ticker = ticker;
    this.start = ticker.nanoTime();
  }

  /** Waits until it is this amount's turn, or until there is no need any more. */
  void await(long amount, BooleanSupplier isOver) {
    if (nanosPerUnit == 0) {
      return;
    }
    double due;
    synchronized (this) {
      due = Math.max(free, (double) (ticker.nanoTime() - start));
      free = due + amount * nanosPerUnit;
    }
    double wait = due - (ticker.nanoTime() - start);
    while (wait > 0 && !isOver.getAsBoolean()) {
      ticker.sleep((long) Math.min(Math.ceil(wait), LOOK_UP));
      wait = due - (ticker.nanoTime() - start);
    }
  }
}
