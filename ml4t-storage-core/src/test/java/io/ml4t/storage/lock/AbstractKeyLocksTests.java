package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link KeyLocks} promises. */
abstract class AbstractKeyLocksTests {
  static final StorageKey A = StorageKey.of("equities", "daily", "AAPL");
  static final StorageKey B = StorageKey.of("equities", "daily", "BRK.B");
  static final StorageKey C = StorageKey.of("crypto", "hourly", "BTC/USD");
  static final Duration LONG = Duration.ofMinutes(1);

  final ExecutorService executor =
      Executors.newFixedThreadPool(2, task -> new Thread(task, "resumer"));
  KeyLocks locks;

  /** Locks that exclude those of earlier calls only where the implementation says so. */
  abstract KeyLocks create(Executor executor);

  @BeforeEach
  void create() {
    locks = create(executor);
  }

  @AfterEach
  void close() throws InterruptedException {
    locks.close();
    executor.shutdown();
    assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  CompletableFuture<Lease> acquire(StorageKey... keys) {
    return locks.acquire(List.of(keys), LONG, "test");
  }

  CompletableFuture<Lease> tryAcquire(StorageKey... keys) {
    return locks.acquire(List.of(keys), Duration.ZERO, "try");
  }

  static Throwable failureOf(CompletableFuture<?> future) {
    return future.handle((value, failure) -> failure).orTimeout(1, TimeUnit.MINUTES).join();
  }

  void assertFree(StorageKey... keys) {
    for (StorageKey key : keys) {
      tryAcquire(key).join().close();
    }
    assertThat(locks.locks()).isEmpty();
  }

  @Test
  void a_free_key_is_granted_before_acquire_returns() {
    CompletableFuture<Lease> future = acquire(A);
    assertThat(future).isCompleted();
    future.join().close();
    assertFree(A);
  }

  @Test
  void a_key_has_one_holder_at_a_time() {
    Lease first = acquire(A).join();
    CompletableFuture<Lease> second = acquire(A);
    assertThat(tryAcquire(A)).isCompletedExceptionally();
    assertThat(second).isNotDone();
    first.close();
    second.join().close();
    assertFree(A);
  }

  @Test
  void different_keys_do_not_exclude_each_other() {
    Lease a = acquire(A).join();
    Lease b = acquire(B).join();
    assertThat(a.isValid()).isTrue();
    assertThat(b.isValid()).isTrue();
    a.close();
    assertThat(b.isValid()).isTrue();
    b.close();
    assertFree(A, B);
  }

  @Test
  void keys_whose_parts_look_alike_when_joined_are_different() {
    acquire(StorageKey.of("a_b", "c", "x")).join();
    assertThat(tryAcquire(StorageKey.of("a", "b_c", "x"))).isCompleted();
    assertThat(tryAcquire(StorageKey.of("a", "b", "c/x"))).isCompleted();
  }

  @Test
  void waiting_requests_are_granted_in_the_order_of_their_arrival() {
    Lease holder = acquire(A).join();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> waiters = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int waiter = i;
      waiters.add(
          acquire(A)
              .thenAccept(
                  lease -> {
                    order.add(waiter);
                    lease.close();
                  }));
    }
    holder.close();
    CompletableFuture.allOf(waiters.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(order).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void a_request_for_one_key_does_not_overtake_an_earlier_one_for_that_key_and_another() {
    Lease a = acquire(A).join();
    CompletableFuture<Lease> both = acquire(A, B);
    CompletableFuture<Lease> b = acquire(B);
    assertThat(b).isNotDone();
    a.close();
    both.join().close();
    b.join().close();
    assertFree(A, B);
  }

  @Test
  void several_keys_are_granted_together_or_not_at_all() {
    Lease b = acquire(B).join();
    assertThat(tryAcquire(A, B, C)).isCompletedExceptionally();
    tryAcquire(A).join().close();
    tryAcquire(C).join().close();
    b.close();
    tryAcquire(C, B, A).join().close();
    assertFree(A, B, C);
  }

  @Test
  void a_key_named_twice_counts_once() {
    acquire(A, B, A).join().close();
    assertFree(A, B);
  }

  @Test
  void no_keys_are_granted_at_once() {
    Lease lease = locks.acquire(List.of(), Duration.ZERO, "nothing").join();
    assertThat(lease.isValid()).isTrue();
    lease.close();
    assertThat(locks.locks()).isEmpty();
  }

  @Test
  void overlapping_sets_of_keys_in_any_order_never_deadlock_and_never_share_a_key() {
    long seed = System.nanoTime();
    System.out.println("overlapping sets of keys: seed " + seed);
    Random random = new Random(seed);
    List<StorageKey> all = keys(8);
    int[] counters = new int[all.size()];
    int[] expected = new int[all.size()];
    List<CompletableFuture<Void>> works = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      List<StorageKey> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      List<StorageKey> wanted = shuffled.subList(0, 1 + random.nextInt(4));
      wanted.forEach(key -> expected[all.indexOf(key)]++);
      works.add(
          CompletableFuture.completedFuture("go")
              .thenComposeAsync(go -> locks.acquire(wanted, LONG, "count"), executor)
              .thenAccept(
                  lease -> {
                    // Plain memory: a shared key would lose counts.
                    wanted.forEach(key -> counters[all.indexOf(key)]++);
                    lease.close();
                  }));
    }
    CompletableFuture.allOf(works.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(counters).containsExactly(expected);
    assertThat(locks.locks()).isEmpty();
  }

  static List<StorageKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> StorageKey.of("fx", "daily", "K" + i)).toList();
  }

  @Test
  void zero_timeout_fails_at_once_and_names_the_holder() {
    Lease lease = locks.acquire(List.of(A), LONG, "append").join();
    CompletableFuture<Lease> refused = tryAcquire(A);
    assertThat(refused).isCompletedExceptionally();
    assertThat(failureOf(refused))
        .isInstanceOfSatisfying(
            LockAcquisitionException.class,
            e -> {
              assertThat(e.key()).isEqualTo(A);
              assertThat(e.holder())
                  .hasValueSatisfying(
                      holder -> {
                        assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
                        assertThat(holder.operation()).isEqualTo("append");
                        assertThat(holder.waiting()).isFalse();
                      });
              assertThat(e)
                  .hasMessageStartingWith("Cannot lock equities/daily/AAPL: waited ")
                  .hasMessageContaining("it is held by thread '" + Thread.currentThread().getName())
                  .hasMessageContaining("for 'append' since ");
            });
    lease.close();
    assertFree(A);
  }

  @Test
  void a_request_that_waited_in_vain_fails_on_the_executor_and_frees_its_place() {
    Lease holder = acquire(A).join();
    Duration timeout = Duration.ofMillis(5);
    CompletableFuture<Lease> late = locks.acquire(List.of(A, B), timeout, "late");
    String thread = late.handle((lease, failure) -> Thread.currentThread().getName()).join();
    // A future that was done when its dependent was added runs it on the adding thread.
    assertThat(thread).isIn("resumer", Thread.currentThread().getName());
    assertThat(failureOf(late))
        .isInstanceOfSatisfying(
            LockAcquisitionException.class,
            e -> assertThat(e.waited()).isGreaterThanOrEqualTo(timeout));
    tryAcquire(B).join().close();
    holder.close();
    assertFree(A, B);
  }

  @Test
  void the_error_tells_a_holder_from_a_request_that_waits_itself() {
    Lease a = acquire(A).join();
    CompletableFuture<Lease> both = locks.acquire(List.of(A, B), LONG, "both");
    assertThat(failureOf(tryAcquire(B)))
        .hasMessageContaining("first in line is thread '")
        .isInstanceOfSatisfying(
            LockAcquisitionException.class,
            e -> {
              assertThat(e.key()).isEqualTo(B);
              assertThat(e.holder().orElseThrow().waiting()).isTrue();
            });
    a.close();
    both.join().close();
    assertFree(A, B);
  }

  @Test
  void a_cancelled_request_is_withdrawn_before_anything_that_depends_on_it_runs() {
    Lease a = acquire(A).join();
    CompletableFuture<Lease> both = acquire(A, B);
    CompletableFuture<Lease> b = both.handle((lease, failure) -> tryAcquire(B).join());
    both.cancel(true);
    assertThat(both).isCancelled();
    assertThat(b).isCompleted();
    b.join().close();
    a.close();
    assertFree(A, B);
  }

  @Test
  void a_request_that_is_cancelled_lets_those_behind_it_go_on() {
    Lease a = acquire(A).join();
    CompletableFuture<Lease> both = acquire(A, B);
    CompletableFuture<Lease> b = acquire(B);
    both.cancel(false);
    b.join().close();
    a.close();
    assertFree(A, B);
  }

  @Test
  void a_future_completed_from_outside_is_withdrawn() {
    Lease a = acquire(A).join();
    CompletableFuture<Lease> late = acquire(A).orTimeout(1, TimeUnit.MILLISECONDS);
    assertThat(failureOf(late)).isInstanceOf(TimeoutException.class);
    CompletableFuture<Lease> replaced = acquire(A);
    replaced.complete(a);
    a.close();
    assertFree(A);
  }

  @Test
  void cancelling_a_granted_request_changes_nothing() {
    CompletableFuture<Lease> granted = acquire(A);
    assertThat(granted.cancel(true)).isFalse();
    assertThat(granted.join().isValid()).isTrue();
    granted.join().close();
    assertFree(A);
  }

  @Test
  void closing_a_lease_again_does_not_end_the_lease_of_the_next_holder() {
    Lease first = acquire(A).join();
    first.close();
    assertThat(first.isValid()).isFalse();
    Lease second = acquire(A).join();
    first.close();
    assertThat(second.isValid()).isTrue();
    assertThat(tryAcquire(A)).isCompletedExceptionally();
    second.close();
    assertFree(A);
  }

  @Test
  void a_lease_may_be_closed_by_another_thread() {
    Lease lease = acquire(A).join();
    CompletableFuture.runAsync(lease::close, executor).join();
    assertFree(A);
  }

  @Test
  void held_and_awaited_keys_are_listed_in_order() {
    Lease ab = locks.acquire(List.of(B, A), LONG, "write").join();
    CompletableFuture<Lease> bc = locks.acquire(List.of(B, C), LONG, "append");
    assertThat(locks.locks())
        .extracting(LockInfo::key, LockInfo::operation, LockInfo::state)
        .containsExactly(
            tuple(C, "append", LockInfo.State.AWAITED),
            tuple(A, "write", LockInfo.State.HELD),
            tuple(B, "write", LockInfo.State.HELD),
            tuple(B, "append", LockInfo.State.AWAITED));
    assertThat(locks.locks())
        .allSatisfy(info -> assertThat(info.thread()).isEqualTo(Thread.currentThread().getName()));
    ab.close();
    bc.join().close();
    assertThat(locks.locks()).isEmpty();
  }

  @Test
  void the_requests_for_a_key_are_listed_in_the_order_of_their_arrival() {
    List<StorageKey> all = keys(50);
    Lease lease = acquire(A).join();
    List<CompletableFuture<Lease>> waiting = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      waiting.add(locks.acquire(List.of(all.get(i), A), LONG, "op" + i));
    }
    assertThat(locks.locks())
        .filteredOn(info -> info.key().equals(A))
        .extracting(LockInfo::operation)
        .startsWith("test", "op0", "op1", "op2")
        .endsWith("op48", "op49")
        .hasSize(51);
    waiting.forEach(request -> request.cancel(false));
    lease.close();
    assertThat(locks.locks()).isEmpty();
  }

  @Test
  void close_fails_those_who_wait_and_refuses_new_requests_but_spares_leases() {
    Lease held = acquire(A).join();
    CompletableFuture<Lease> waiting = acquire(A);
    locks.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(failureOf(waiting)).isInstanceOf(StorageClosedException.class);
    assertThat(failureOf(acquire(B))).isInstanceOf(StorageClosedException.class);
    assertThatExceptionOfType(StorageClosedException.class)
        .isThrownBy(() -> locks.tryReserved(0, "checkpoint"));
    assertThat(held.isValid()).isTrue();
    held.close();
    assertThat(locks.locks()).isEmpty();
  }

  @Test
  void a_negative_timeout_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> locks.acquire(List.of(A), Duration.ofMillis(-1), "test"))
        .withMessageContaining("timeout is negative");
  }

  @Test
  void a_timeout_too_long_for_a_clock_is_no_error() {
    Lease first = acquire(A).join();
    CompletableFuture<Lease> patient =
        locks.acquire(List.of(A), Duration.ofSeconds(Long.MAX_VALUE), "wait");
    first.close();
    patient.join().close();
    assertFree(A);
  }

  @Test
  void a_reserved_slot_has_one_holder_and_is_no_key() {
    Lease first = locks.tryReserved(7, "checkpoint").orElseThrow();
    assertThat(locks.tryReserved(7, "checkpoint")).isEmpty();
    locks.tryReserved(8, "checkpoint").orElseThrow().close();
    assertThat(locks.locks()).isEmpty();
    first.close();
    locks.tryReserved(7, "checkpoint").orElseThrow().close();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> locks.tryReserved(KeyLocks.RESERVED_SLOTS, "none"));
  }

  @Test
  void ten_thousand_waiters_are_resumed_one_after_another_on_the_executor() {
    Lease holder = acquire(A).join();
    List<CompletableFuture<String>> waiters = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waiters.add(
          acquire(A)
              .thenApply(
                  lease -> {
                    lease.close();
                    return Thread.currentThread().getName();
                  }));
    }
    holder.close();
    assertThat(waiters).allSatisfy(waiter -> assertThat(waiter.join()).isEqualTo("resumer"));
    assertFree(A);
  }

  @Test
  void waiters_fail_and_no_key_is_stuck_when_the_executor_refuses_tasks() {
    locks.close();
    locks =
        create(
            task -> {
              throw new RejectedExecutionException("shut down");
            });
    Lease holder = acquire(A).join();
    List<CompletableFuture<Lease>> waiters = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waiters.add(acquire(A));
    }
    holder.close();
    assertThat(waiters)
        .allSatisfy(
            waiter -> assertThat(failureOf(waiter)).isInstanceOf(StorageClosedException.class));
    assertFree(A);
  }

  @Test
  void a_thread_whose_interrupt_flag_is_set_locks_and_unlocks_as_any_other() {
    Thread.currentThread().interrupt();
    Lease lease = acquire(A, B).join();
    assertThat(lease.isValid()).isTrue();
    lease.close();
    assertThat(Thread.interrupted()).isTrue();
    assertFree(A, B);
  }

  /** The original's registry kept an entry for every key ever touched, and leaked on cancel. */
  @Test
  void nothing_is_left_after_ten_thousand_requests_granted_cancelled_late_or_failed() {
    long seed = System.nanoTime();
    System.out.println("ten thousand requests: seed " + seed);
    Random random = new Random(seed);
    List<StorageKey> all = keys(20);
    Collection<CompletableFuture<Lease>> requests = new ArrayList<>();
    List<CompletableFuture<?>> ended = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      List<StorageKey> wanted =
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(n -> all.get(random.nextInt(all.size())))
              .toList();
      Duration timeout = Duration.ofNanos(random.nextInt(3) * 1_000_000L);
      CompletableFuture<Lease> request = locks.acquire(wanted, timeout, "random");
      requests.add(request);
      int fate = random.nextInt(4);
      if (fate == 0) {
        executor.execute(() -> request.cancel(true));
      } else if (fate == 1) {
        executor.execute(() -> request.completeExceptionally(new StorageException("given up")));
      }
      ended.add(request.thenAcceptAsync(Lease::close, executor).exceptionally(failure -> null));
    }
    CompletableFuture.allOf(ended.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(requests)
        .allSatisfy(
            request ->
                assertThat(request.handle((lease, failure) -> lease == null || !lease.isValid()))
                    .isCompletedWithValue(true));
    assertFree(all.toArray(StorageKey[]::new));
  }
}
