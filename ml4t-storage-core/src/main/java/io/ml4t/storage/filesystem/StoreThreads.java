package io.ml4t.storage.filesystem;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
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
  private static final Duration IDLE = Duration.ofSeconds(10);

  final ExecutorService io;

  /** Where io takes a step, there; else on the caller's thread, so that what has begun ends. */
  final Executor ioOrCaller;

  final ExecutorService cpu;

  /** Runs users' callbacks, which may wait for whatever they like, other callbacks included. */
  final ExecutorService callbacks;

  final ScheduledExecutorService timer;

  StoreThreads() {
    io = newBlocking("ml4t-storage-io-", MAX_IO_THREADS);
    ioOrCaller = orCaller(io);
    callbacks = newBlocking("ml4t-storage-callback-", Integer.MAX_VALUE);
    cpu = pool("ml4t-storage-cpu-", Runtime.getRuntime().availableProcessors());
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, daemons("ml4t-storage-timer-"));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer = scheduler;
  }

  /** An executor that takes everything: what another does not take, it runs itself. */
  static Executor orCaller(Executor executor) {
    return step -> {
      try {
        executor.execute(step);
      } catch (RejectedExecutionException | OutOfMemoryError e) {
        step.run(); // The store is closed and has abandoned it, or there is no thread to be had.
      }
    };
  }

  private static ExecutorService newBlocking(String name, int size) {
    try {
      return virtual(name);
    } catch (ReflectiveOperationException e) {
      return size == Integer.MAX_VALUE
          ? Executors.newCachedThreadPool(daemons(name))
          : pool(name, size);
    }
  }

  /** Virtual threads, by reflection since the class files are for Java 17. */
  private static ExecutorService virtual(String name) throws ReflectiveOperationException {
    Class<?> builderType = Class.forName("java.lang.Thread$Builder$OfVirtual");
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Object named =
        builderType.getMethod("name", String.class, long.class).invoke(builder, name, 1L);
    ThreadFactory threads = (ThreadFactory) builderType.getMethod("factory").invoke(named);
    return (ExecutorService)
        Executors.class
            .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
            .invoke(null, threads);
  }

  private static ExecutorService pool(String name, int size) {
    return new Pool(size, IDLE, daemons(name));
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
