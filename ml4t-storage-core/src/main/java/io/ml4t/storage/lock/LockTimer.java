package io.ml4t.storage.lock;

import java.time.Instant;

/** The time, chance, and tasks for later. A seam, so that tests need not wait. */
interface LockTimer {

  /** A random duration between half of the given one and all of it, in nanoseconds. */
  long jitter(long nanos);

  /** A steady count of nanoseconds from an arbitrary origin. */
  long nanoTime();

  /** The time of day. */
  Instant instant();

  /**
   * Runs a short task once.
   *
   * @return cancels the task, if it has not begun
   */
  Runnable schedule(Runnable task, long delayNanos);
}
