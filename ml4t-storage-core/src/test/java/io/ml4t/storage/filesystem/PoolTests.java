package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolTests {
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Thread> begun = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Throwable> uncaught = new AtomicReference<>();
  private Pool pool = new Pool(3, LONG, this::begin);

  private Thread begin(Runnable worker) {
    Thread thread = new Thread(worker, "pool-" + begun.size());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((t, error) -> uncaught.set(error));
    begun.add(thread);
    return thread;
  }

  @AfterEach
  void end() {
    pool.shutdown();
  }

  /** A task that is at work until it is released. */
  private static final class Held implements Runnable {
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void run() {
      thread.complete(Thread.currentThread());
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError("No thread of the pool may be interrupted", e);
      }
    }
  }

  private Held hold() {
    Held held = new Held();
    pool.execute(held);
    held.thread.join();
    return held;
  }

  /** Ends a task, and waits until its thread is idle. */
  private void release(Held held) {
    held.release.countDown();
    awaitIdle(held.thread.join());
  }

  private void awaitIdle(Thread thread) {
    while (LockSupport.getBlocker(thread) != pool) {
      Thread.onSpinWait();
    }
  }

  private Thread nextThread() {
    return CompletableFuture.supplyAsync(Thread::currentThread, pool).join();
  }

  @Test
  void the_thread_that_has_become_idle_last_gets_the_next_task() {
    Held a = hold();
    Held b = hold();
    Held c = hold();
    release(b);
    release(c);
    release(a);

    Held first = hold();
    Held second = hold();
    Held third = hold();

    assertThat(List.of(first, second, third))
        .extracting(held -> held.thread.join())
        .containsExactly(a.thread.join(), c.thread.join(), b.thread.join());
    assertThat(begun).hasSize(3);
    List.of(first, second, third).forEach(this::release);
  }

  @Test
  void one_thread_is_enough_for_tasks_that_come_one_after_another() {
    for (int i = 0; i < 1_000; i++) {
      awaitIdle(nextThread());
    }

    assertThat(begun).hasSize(1);
  }

  @Test
  void tasks_wait_in_the_order_they_came_where_all_threads_are_at_work() {
    Held a = hold();
    Held b = hold();
    Held c = hold();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> done =
        IntStream.range(0, 100)
            .mapToObj(i -> CompletableFuture.runAsync(() -> order.add(i), pool))
            .toList();

    assertThat(order).isEmpty();
    a.release.countDown();
    done.forEach(CompletableFuture::join);

    assertThat(order).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(begun).hasSize(3);
    release(b);
    release(c);
  }

  @Test
  void a_thread_that_has_been_idle_for_long_ends_and_a_new_one_begins_for_the_next_task()
      throws InterruptedException {
    pool = new Pool(3, Duration.ofNanos(1), this::begin);

    Thread first = nextThread();
    first.join();
    Thread second = nextThread();
    second.join();

    assertThat(begun).containsExactly(first, second);
  }

  @Test
  void a_task_that_throws_costs_no_thread_and_holds_up_no_other() {
    IllegalStateException error = new IllegalStateException("it burns");
    pool = new Pool(1, LONG, this::begin);
    Held held = hold();
    pool.execute(
        () -> {
          throw error;
        });
    CompletableFuture<Thread> next = CompletableFuture.supplyAsync(Thread::currentThread, pool);
    held.release.countDown();

    assertThat(next.join()).isSameAs(held.thread.join());
    assertThat(uncaught).hasValue(error);
    assertThat(begun).hasSize(1);
  }

  @Test
  void a_handler_of_errors_that_throws_itself_costs_no_thread_either() {
    pool =
        new Pool(
            1,
            LONG,
            worker -> {
              Thread thread = begin(worker);
              thread.setUncaughtExceptionHandler(
                  (t, error) -> {
                    throw new IllegalStateException("it burns as well", error);
                  });
              return thread;
            });
    pool.execute(
        () -> {
          throw new IllegalStateException("it burns");
        });

    assertThat(nextThread()).isSameAs(nextThread());
    assertThat(begun).hasSize(1);
  }

  @Test
  void an_interrupt_that_a_task_leaves_behind_is_not_that_of_the_next_one() {
    pool = new Pool(1, LONG, this::begin);
    pool.execute(() -> Thread.currentThread().interrupt());

    assertThat(CompletableFuture.supplyAsync(Thread::interrupted, pool).join()).isFalse();
    assertThat(begun).hasSize(1);
  }

  @Test
  void a_thread_that_cannot_be_begun_is_not_counted() {
    AtomicInteger failures = new AtomicInteger(2);
    pool =
        new Pool(
            1,
            LONG,
            worker -> {
              if (failures.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return begin(worker);
            });

    assertThatThrownBy(this::nextThread).isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(this::nextThread).isInstanceOf(OutOfMemoryError.class);
    assertThat(nextThread()).isSameAs(begun.get(0));
  }

  @Test
  void a_task_waits_for_a_thread_that_there_is_where_no_more_can_be_begun() {
    pool =
        new Pool(
            2,
            LONG,
            worker -> {
              if (!begun.isEmpty()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return begin(worker);
            });
    Held held = hold();

    CompletableFuture<Thread> waits = CompletableFuture.supplyAsync(Thread::currentThread, pool);
    held.release.countDown();

    assertThat(waits.join()).isSameAs(held.thread.join());
  }

  @Test
  void what_runs_and_what_waits_ends_after_shutdown_and_nothing_new_begins()
      throws InterruptedException {
    Held idle = hold();
    Held a = hold();
    Held b = hold();
    release(idle);
    Held c = hold();
    CompletableFuture<Thread> waits = CompletableFuture.supplyAsync(Thread::currentThread, pool);

    pool.shutdown();

    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.isTerminated()).isFalse();
    assertThat(pool.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThatThrownBy(() -> pool.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("The store is closed");
    List.of(a, b, c).forEach(held -> held.release.countDown());
    assertThat(waits.join()).isIn(begun);
    assertThat(pool.awaitTermination(1, TimeUnit.HOURS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    for (Thread thread : begun) {
      thread.join();
    }
  }

  @Test
  void shutdown_ends_idle_threads_at_once() throws InterruptedException {
    Held a = hold();
    Held b = hold();
    release(a);
    release(b);

    pool.shutdown();
    pool.shutdown();

    for (Thread thread : begun) {
      thread.join();
    }
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void a_pool_without_threads_is_over_when_it_is_shut_down() throws InterruptedException {
    pool.shutdown();

    assertThat(pool.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_of_its_own_threads_may_shut_it_down() throws InterruptedException {
    CompletableFuture.runAsync(pool::shutdown, pool).join();

    assertThat(pool.awaitTermination(1, TimeUnit.HOURS)).isTrue();
  }

  @Test
  void shutdown_now_returns_what_waits_and_interrupts_nobody() {
    pool = new Pool(1, LONG, this::begin);
    Held held = hold();
    Runnable waits = () -> {};
    pool.execute(waits);

    assertThat(pool.shutdownNow()).containsExactly(waits);
    assertThat(held.thread.join().isInterrupted()).isFalse();
    held.release.countDown();
  }

  /** Idle times about as long as the pauses between tasks: many threads end as they are needed. */
  @Test
  void no_task_is_lost_between_threads_that_end_tasks_that_come_and_a_shutdown() throws Exception {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      pool = new Pool(3, Duration.ofNanos(500L * round), this::begin);
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger run = new AtomicInteger();
      Runnable task =
          () -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            run.incrementAndGet();
            atWork.decrementAndGet();
          };
      List<Thread> callers =
          IntStream.range(0, 4).mapToObj(i -> new Thread(() -> call(task, accepted))).toList();
      callers.forEach(Thread::start);
      if (round % 2 == 0) {
        join(callers);
      }
      pool.shutdown();
      join(callers);

      assertThat(pool.awaitTermination(1, TimeUnit.HOURS)).isTrue();
      assertThat(run).hasValue(accepted.get());
      if (round % 2 == 0) {
        assertThat(accepted).hasValue(4 * 100);
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  private void call(Runnable task, AtomicInteger accepted) {
    try {
      for (int i = 0; i < 100; i++) {
        pool.execute(task);
        accepted.incrementAndGet();
        for (int pause = 0; pause < i; pause++) {
          Thread.onSpinWait();
        }
      }
    } catch (RejectedExecutionException e) {
      // The shutdown came first.
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
