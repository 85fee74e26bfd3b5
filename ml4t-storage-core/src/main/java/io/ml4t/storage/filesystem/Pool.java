package io.ml4t.storage.filesystem;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads, of which the one that has become idle last gets the next task: what
 * it works with is still in the caches, and those that are not needed end. The JDK's pool wakes the
 * thread that has been idle longest, so that all take turns.
 *
 * <p>A thread is begun only where none is idle, and tasks wait, first in first out, only where all
 * threads are at work. No thread is ever interrupted, and no task sees an interrupt that another
 * one has left behind.
 *
 * <p>Who is idle, what waits and how many threads there are is guarded by the monitor of the pool.
 * Under it a thread that has no task takes one that waits, or else becomes idle; and a new task
 * goes to an idle thread, or else waits. So nothing waits while a thread is idle.
 */
final class Pool extends AbstractExecutorService {
  private final int size;
  private final long idleNanos;
  private final ThreadFactory factory;

  /** First the one that has become idle last. It is as large as it can become: to grow may fail. */
  private final Deque<Worker> idle;

  /** Keeps what is in it when there is no memory for one more, which an array does not. */
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  private int threads;
  private boolean shutdown;

  /**
   * A pool that has no threads yet.
   *
   * @param size how many there may be
   * @param idle after how long without a task they end
   */
  Pool(int size, Duration idle, ThreadFactory factory) {
    this.size = size;
    this.idleNanos = idle.toNanos();
    this.factory = factory;
    this.idle = new ArrayDeque<>(size);
  }

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task);
    Worker worker;
    synchronized (this) {
      if (shutdown) {
        throw new RejectedExecutionException("The store is closed");
      }
      worker = idle.poll();
      if (worker != null) {
        worker.handed = task;
      } else if (threads < size) {
        begin(task);
      } else {
        waiting.add(task);
      }
    }
    if (worker != null) {
      LockSupport.unpark(worker.thread);
    }
  }

  /** Where there is no memory for a thread, the task waits for one that there is. */
  private void begin(Runnable task) {
    try {
      new Worker(task).thread.start();
      threads++;
    } catch (OutOfMemoryError e) {
      if (threads == 0) {
        throw e;
      }
      waiting.add(task);
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread;

    /** Set where the worker is new, or under the monitor when it is taken out of the idle ones. */
    private volatile @Nullable Runnable handed;

    Worker(Runnable first) {
      handed = first;
      thread = factory.newThread(this);
    }

    @Override
    public void run() {
      for (Runnable task = take(); task != null; task = next()) {
        try {
          task.run();
        } catch (Throwable e) {
          report(e);
        }
        Thread.interrupted();
      }
    }

    private @Nullable Runnable take() {
      Runnable task = handed;
      handed = null;
      return task;
    }

    /** Waits for a task; null where there is none for so long that the thread ends. */
    private @Nullable Runnable next() {
      synchronized (Pool.this) {
        Runnable first = waiting.poll();
        if (first != null) {
          return first;
        }
        if (shutdown) {
          ended();
          return null;
        }
        idle.push(this);
      }
      long end = System.nanoTime() + idleNanos;
      for (long left = idleNanos; handed == null; left = end - System.nanoTime()) {
        if (left <= 0 && leave()) {
          return null;
        }
        LockSupport.parkNanos(Pool.this, left);
        Thread.interrupted();
      }
      return take();
    }

    /** False where it has been handed a task at the last moment. */
    private boolean leave() {
      synchronized (Pool.this) {
        boolean left = idle.remove(this);
        if (left) {
          ended();
        }
        return left;
      }
    }

    private void report(Throwable error) {
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
      } catch (Throwable e) {
        // There is nobody else to tell.
      }
    }
  }

  /** The caller holds the monitor. */
  private void ended() {
    threads--;
    if (isTerminated()) {
      notifyAll();
    }
  }

  /** Takes no more tasks; those that run or wait come to their end, without being waited for. */
  @Override
  public synchronized void shutdown() {
    shutdown = true;
    for (Worker worker = idle.poll(); worker != null; worker = idle.poll()) {
      worker.handed = () -> {}; // After which it ends.
      LockSupport.unpark(worker.thread);
    }
    if (isTerminated()) {
      notifyAll();
    }
  }

  /** Also takes out the tasks that wait. Those that run come to their end. */
  @Override
  public synchronized List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> never = new ArrayList<>(waiting);
    waiting.clear();
    return never;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown && threads == 0;
  }

  @Override
  public synchronized boolean awaitTermination(long timeout, TimeUnit unit)
      throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (long left = end - System.nanoTime(); !isTerminated(); left = end - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
