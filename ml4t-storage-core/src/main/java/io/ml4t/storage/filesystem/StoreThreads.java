package io.ml4t.storage.filesystem;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one store. None is ever interrupted, for an interrupt closes the file channel that
 * the thread is using.
 *
 * <p>File operations run on virtual threads where the JVM has them, else on a bounded pool. Large
 * frames are encoded and decoded by as many platform threads as there are processors; a small frame
 * takes less time than handing it to another thread, so it is done where it is.
 */
final class StoreThreads implements AutoCloseable {
  private static final int MAX_IO_THREADS = 64;

  final ExecutorService io;
  final ExecutorService cpu;

  /** Runs users' transactions, which may wait for whatever they like. */
  final ExecutorService callbacks;

  final ScheduledExecutorService timer;

  StoreThreads() {
    io = newBlocking("ml4t-storage-io-");
    callbacks = newBlocking("ml4t-storage-transaction-");
    cpu = pool("ml4t-storage-cpu-", Runtime.getRuntime().availableProcessors());
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, daemons("ml4t-storage-timer-"));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer = scheduler;
  }

  private static ExecutorService newBlocking(String name) {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return pool(name, MAX_IO_THREADS);
    }
  }

  private static ExecutorService pool(String name, int size) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Lets running tasks end and takes no new ones. */
  @Override
  public void close() {
    timer.shutdown();
    callbacks.shutdown();
    io.shutdown();
    cpu.shutdown();
  }
}
