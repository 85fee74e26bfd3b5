package io.ml4t.storage.lock;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The machine's clocks, and one daemon thread for all locks, which ends when it has no task. */
final class SystemTimer implements LockTimer {
  static final SystemTimer INSTANCE = new SystemTimer();

  private final ScheduledThreadPoolExecutor executor;

  private SystemTimer() {
    executor = new ScheduledThreadPoolExecutor(1, SystemTimer::newThread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "ml4t-storage-lock-timer");
    thread.setDaemon(true);
    // The thread outlives the request, and perhaps the application, that started it.
    thread.setContextClassLoader(null);
    return thread;
  }

  @Override
  public long jitter(long nanos) {
    return ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    Future<?> future = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
