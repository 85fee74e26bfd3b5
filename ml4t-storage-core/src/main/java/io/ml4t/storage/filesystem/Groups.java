package io.ml4t.storage.filesystem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Gathers what comes at the same time. The first thread to come leads: it deals with its own and
 * with all that others put in line meanwhile, group by group, until none waits. Nobody waits for
 * the leader.
 */
final class Groups<T> {
  private static final int MAX_SIZE = 1024;
  private static final long MAX_BYTES = 8L << 20;

  /** What is done with a group, by one thread at a time. It throws nothing. */
  interface Work<T> {
    /**
     * Deals with a group.
     *
     * @param later takes what has to wait for the next group
     * @return what follows, which need not be over before the next group's turn
     */
    List<Runnable> run(List<T> group, Consumer<T> later);
  }

  private final ToLongFunction<T> bytes;
  private final Work<T> work;
  private final Executor executor;
  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();

  /** Only the leader touches these: they came too early for the group before. */
  private final Deque<T> deferred = new ArrayDeque<>();

  /**
   * Groups of what is still to come.
   *
   * @param executor takes everything; it runs what follows a group while the next one is dealt with
   */
  Groups(ToLongFunction<T> bytes, Work<T> work, Executor executor) {
    this.bytes = bytes;
    this.work = work;
    this.executor = executor;
  }

  /** Deals with something, on this thread or on that of another caller. */
  void submit(T item) {
    queue.add(item);
    List<Runnable> last = List.of();
    while (!queue.isEmpty() && leading.compareAndSet(false, true)) {
      try {
        last = lead(last);
      } finally {
        leading.set(false);
      }
    }
    follow(last);
  }

  /** Runs one on this thread, and has others run the rest. */
  private void follow(List<Runnable> last) {
    if (!last.isEmpty()) {
      last.subList(1, last.size()).forEach(executor::execute);
      last.get(0).run();
    }
  }

  /**
   * Deals with group after group.
   *
   * @return what follows the last one
   */
  private List<Runnable> lead(List<Runnable> follows) {
    List<Runnable> last = follows;
    for (List<T> group = next(); !group.isEmpty(); group = next()) {
      followLater(last);
      last = work.run(group, deferred::add);
    }
    return last;
  }

  /** Wakes one thread, which wakes the others: the next group does not wait for that. */
  private void followLater(List<Runnable> last) {
    if (!last.isEmpty()) {
      executor.execute(() -> follow(last));
    }
  }

  private List<T> next() {
    List<T> group = new ArrayList<>();
    long size = 0;
    while (group.size() < MAX_SIZE && size < MAX_BYTES) {
      T item = deferred.isEmpty() ? queue.poll() : deferred.poll();
      if (item == null) {
        break;
      }
      size += bytes.applyAsLong(item);
      group.add(item);
    }
    return group;
  }
}
