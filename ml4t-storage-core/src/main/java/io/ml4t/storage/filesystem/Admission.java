package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageOverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Room for operations of one kind: so many at a time, whose frames take so many bytes. Who comes
 * when there is none waits in line, without a thread, for a limited time; and the line is limited
 * too, for what waits takes memory. A frame larger than all the room there is gets in alone.
 */
final class Admission {
  /**
   * How much room there is.
   *
   * @param operations how many at a time
   * @param bytes of their frames, about
   * @param waiting how many may wait
   * @param allBytes of the frames of those under way and those in line, about
   * @param queueWait how long each may wait
   */
  record Limits(int operations, long bytes, int waiting, long allBytes, Duration queueWait) {}

  /** How much of the room is taken. */
  record Use(int running, long bytes, int waiting, long waitingBytes) {}

  /** An operation in line. Exactly one of the two is called, unless it is withdrawn before. */
  interface Waiter {
    String name();

    long bytes();

    void begin();

    void refuse(StorageOverloadedException reason);
  }

  private final Limits limits;
  private final ScheduledExecutorService timer;
  private final Executor executor;

  /** Those in line, and since when, in the order of their arrival. */
  private final Map<Waiter, Long> waiting = new LinkedHashMap<>();

  private long waitingBytes;
  private int running;
  private long bytes;
  private boolean timerIsSet;

  /**
   * Room that nobody takes yet.
   *
   * @param executor refuses those who have waited for too long
   */
  Admission(Limits limits, ScheduledExecutorService timer, Executor executor) {
    this.limits = limits;
    this.timer = timer;
    this.executor = executor;
  }

  synchronized Use use() {
    return new Use(running, bytes, waiting.size(), waitingBytes);
  }

  /**
   * Begins an operation, refuses it, or puts it in line.
   *
   * @return whether it waits
   */
  boolean enter(Waiter operation) {
    boolean begins;
    synchronized (this) {
      begins = waiting.isEmpty() && fits(operation);
      if (begins) {
        take(operation);
      } else if (mayWait(operation)) {
        waiting.put(operation, System.nanoTime());
        waitingBytes += operation.bytes();
        setTimer();
        return true;
      }
    }
    if (begins) {
      operation.begin();
    } else {
      operation.refuse(refusal(operation, Duration.ZERO));
    }
    return false;
  }

  private boolean fits(Waiter operation) {
    return running < limits.operations
        && (running == 0 || bytes + operation.bytes() <= limits.bytes);
  }

  private boolean mayWait(Waiter operation) {
    return !limits.queueWait.isZero()
        && waiting.size() < limits.waiting
        && (waiting.isEmpty() || bytes + waitingBytes + operation.bytes() <= limits.allBytes);
  }

  private void take(Waiter operation) {
    running++;
    bytes += operation.bytes();
  }

  private StorageOverloadedException refusal(Waiter operation, Duration waited) {
    Use use = use();
    return new StorageOverloadedException(
        operation.name(), use.running, use.bytes, use.waiting, use.waitingBytes, waited);
  }

  /** Makes room when an operation that has begun is over. */
  void leave(Waiter operation) {
    List<Waiter> next;
    synchronized (this) {
      running--;
      bytes -= operation.bytes();
      next = admit();
    }
    next.forEach(Waiter::begin);
  }

  /**
   * Takes an operation out of the line.
   *
   * @return whether it was there
   */
  boolean withdraw(Waiter operation) {
    List<Waiter> next;
    synchronized (this) {
      if (waiting.remove(operation) == null) {
        return false;
      }
      waitingBytes -= operation.bytes();
      next = admit();
    }
    next.forEach(Waiter::begin);
    return true;
  }

  /** Lets those in who come first and fit. */
  private List<Waiter> admit() {
    List<Waiter> admitted = new ArrayList<>();
    for (Iterator<Waiter> all = waiting.keySet().iterator(); all.hasNext(); ) {
      Waiter first = all.next();
      if (!fits(first)) {
        break;
      }
      all.remove();
      waitingBytes -= first.bytes();
      take(first);
      admitted.add(first);
    }
    return admitted;
  }

  /** All may wait for the same time, so the first in line is the first to be refused. */
  private void setTimer() {
    if (timerIsSet || waiting.isEmpty()) {
      return;
    }
    long since = waiting.values().iterator().next();
    long left = since + limits.queueWait.toNanos() - System.nanoTime();
    try {
      timer.schedule(() -> executor.execute(this::expire), left, TimeUnit.NANOSECONDS);
      timerIsSet = true;
    } catch (RejectedExecutionException e) {
      // The store is closed, and refuses them itself.
    }
  }

  private void expire() {
    List<Waiter> overdue = new ArrayList<>();
    List<Waiter> next;
    synchronized (this) {
      timerIsSet = false;
      long now = System.nanoTime();
      for (Iterator<Map.Entry<Waiter, Long>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
        Map.Entry<Waiter, Long> first = all.next();
        if (now - first.getValue() < limits.queueWait.toNanos()) {
          break;
        }
        all.remove();
        waitingBytes -= first.getKey().bytes();
        overdue.add(first.getKey());
      }
      next = admit();
      setTimer();
    }
    next.forEach(Waiter::begin);
    overdue.forEach(operation -> operation.refuse(refusal(operation, limits.queueWait)));
  }
}
