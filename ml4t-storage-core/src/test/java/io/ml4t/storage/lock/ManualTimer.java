package io.ml4t.storage.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A timer whose time passes when the test says so, on the test's thread. */
final class ManualTimer implements LockTimer {
  private record Task(long due, Runnable action) {}

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final List<Task> tasks = new ArrayList<>();
  private long now;
  private Runnable onCancel = () -> {};

  @Override
  public long jitter(long nanos) {
    return nanos;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanoTime());
  }

  @Override
  public synchronized Runnable schedule(Runnable action, long delayNanos) {
    Task task = new Task(now + delayNanos, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private void cancel(Task task) {
    synchronized (this) {
      tasks.remove(task);
    }
    onCancel.run();
  }

  /** What to do whenever a task is cancelled. */
  void onCancel(Runnable action) {
    onCancel = action;
  }

  /** Lets time pass, and runs what falls due in it, in the order of time. */
  void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Optional<Task> task = next(end); task.isPresent(); task = next(end)) {
      task.get().action().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  private synchronized Optional<Task> next(long end) {
    Optional<Task> next =
        tasks.stream().filter(t -> t.due() <= end).min(Comparator.comparingLong(Task::due));
    next.ifPresent(
        task -> {
          tasks.remove(task);
          now = Math.max(now, task.due());
        });
    return next;
  }

  /** How many tasks wait for their time. */
  synchronized int pending() {
    return tasks.size();
  }
}
