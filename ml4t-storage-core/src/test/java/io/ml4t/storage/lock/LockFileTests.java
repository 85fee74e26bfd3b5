package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and a failing operating system, in one thread and without waiting. */
class LockFileTests {
  private static final StorageKey A = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey B = StorageKey.of("equities", "daily", "BRK.B");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final FakeMachine machine = new FakeMachine();

  private KeyLocks process(String name) {
    return machine.process(folder.resolve(name));
  }

  private static CompletableFuture<Lease> acquire(KeyLocks locks, StorageKey... keys) {
    return locks.acquire(List.of(keys), LONG, "test");
  }

  private static CompletableFuture<Lease> tryAcquire(KeyLocks locks, StorageKey... keys) {
    return locks.acquire(List.of(keys), Duration.ZERO, "try");
  }

  @Test
  void a_request_waits_for_another_process_and_is_granted_soon_after_it_lets_go() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there")) {
      Lease first = acquire(there, A).join();
      CompletableFuture<Lease> second = acquire(here, A);
      machine.pass(1_000);
      assertThat(second).isNotDone();
      first.close();
      machine.pass(4);
      assertThat(second).isCompleted();
      second.join().close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void the_error_names_another_process_as_the_holder() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there");
        Lease lease = acquire(there, B).join()) {
      assertThat(lease.isValid()).isTrue();
      CompletableFuture<Lease> late = acquire(here, A, B);
      machine.pass(60_000);
      assertThat(AbstractKeyLocksTests.failureOf(late))
          .isInstanceOfSatisfying(
              LockAcquisitionException.class,
              e -> {
                assertThat(e.key()).isEqualTo(B);
                assertThat(e.waited()).isEqualTo(LONG);
                assertThat(e.holder()).isEmpty();
              })
          .hasMessage(
              "Cannot lock equities/daily/BRK.B: waited 60000 ms; it is held by another process."
                  + " Raise the lock timeout, or end the holder");
      tryAcquire(there, A).join().close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void a_process_that_waits_is_served_before_the_holder_can_take_the_key_again() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there")) {
      Lease first = acquire(there, A).join();
      CompletableFuture<Lease> inLineThere = acquire(there, A);
      CompletableFuture<Lease> here1 = acquire(here, A);
      first.close();
      assertThat(tryAcquire(there, A)).isCompletedExceptionally();
      assertThat(inLineThere).isNotDone();
      machine.pass(4);
      assertThat(here1).isCompleted();
      assertThat(inLineThere).isNotDone();
      here1.join().close();
      machine.pass(32);
      inLineThere.join().close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void processes_that_want_keys_in_any_order_do_not_wait_for_each_other() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there")) {
      for (int round = 0; round < 20; round++) {
        CompletableFuture<Lease> ab = acquire(here, A, B);
        CompletableFuture<Lease> ba = acquire(there, B, A);
        machine.pass(32);
        assertThat(ab.isDone() ^ ba.isDone()).isTrue();
        (ab.isDone() ? ab : ba).join().close();
        machine.pass(32);
        (ab.isDone() && !ab.join().isValid() ? ba : ab).join().close();
      }
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void a_request_cancelled_while_it_waits_for_another_process_gives_up_what_it_has() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there")) {
      Lease lease = acquire(there, B).join();
      CompletableFuture<Lease> both = acquire(here, A, B);
      machine.pass(10);
      both.cancel(true);
      assertThat(here.locks()).isEmpty();
      lease.close();
      assertThat(machine.lockedBytes()).isZero();
      machine.pass(32);
      assertThat(machine.lockedBytes()).isZero();
      assertThat(machine.timer.pending()).isZero();
    }
  }

  @Test
  void a_request_cancelled_in_the_instant_of_its_grant_gives_up_what_it_was_granted() {
    try (KeyLocks locks = process("locks")) {
      Lease holder = acquire(locks, A).join();
      CompletableFuture<Lease> granted = acquire(locks, A);
      // The deadline is cancelled once the grant is decided on, and before it is delivered.
      machine.timer.onCancel(() -> granted.cancel(true));
      holder.close();
      assertThat(granted).isCancelled();
      assertThat(locks.locks()).isEmpty();
      assertThat(machine.lockedBytes()).isZero();
    }
  }

  @Test
  void closing_while_waiting_for_another_process_fails_the_request_and_gives_up_what_it_has() {
    KeyLocks here = process("here");
    try (KeyLocks there = process("there")) {
      Lease lease = acquire(there, B).join();
      CompletableFuture<Lease> both = acquire(here, A, B);
      here.close();
      assertThat(both).isCompletedExceptionally();
      tryAcquire(there, A).join().close();
      lease.close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void keys_that_share_a_slot_exclude_each_other_and_nothing_fails() {
    try (KeyLocks locks =
        machine.process(folder.resolve("locks"), Runnable::run, key -> KeyLocks.RESERVED_SLOTS)) {
      Lease a = acquire(locks, A).join();
      CompletableFuture<Lease> b = acquire(locks, B);
      assertThat(b).isNotDone();
      assertThat(locks.locks()).extracting(LockInfo::key).containsExactly(A, B);
      a.close();
      b.join().close();
      acquire(locks, A, B).join().close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void the_channel_is_closed_when_the_last_store_and_the_last_lease_are() {
    KeyLocks first = process("locks");
    KeyLocks second = process("locks");
    assertThat(machine.calls()).as("the file is opened once").isEqualTo(1);
    Lease lease = acquire(first, A).join();
    first.close();
    second.close();
    assertThat(lease.isValid()).isTrue();
    assertThat(machine.lockedBytes()).isEqualTo(1);
    int callsToRelease = machine.calls() + 1;
    lease.close();
    assertThat(machine.calls()).as("released, then closed").isEqualTo(callsToRelease + 1);
  }

  @Test
  void a_lease_is_not_valid_once_its_channel_was_closed_behind_it() throws IOException {
    List<FakeChannel> channels = new ArrayList<>();
    LockFile file =
        LockFile.open(
            folder.resolve("locks"),
            path -> {
              channels.add(new FakeChannel(machine));
              return channels.get(0);
            },
            machine.timer);
    try (KeyLocks locks =
            new QueuedKeyLocks(file.queues(), file, Runnable::run, machine.timer, Slots::of);
        Lease lease = acquire(locks, A).join()) {
      assertThat(lease.isValid()).isTrue();
      channels.get(0).close();
      assertThat(lease.isValid()).isFalse();
    }
  }

  @Test
  void a_byte_that_cannot_be_released_is_kept_for_this_process_and_released_later() {
    try (KeyLocks here = process("here");
        KeyLocks there = process("there")) {
      Lease lease = acquire(here, A).join();
      machine.fail(machine.calls() + 1, 1);
      lease.close();
      assertThat(machine.lockedBytes()).isEqualTo(1);
      Lease again = tryAcquire(here, A).join();
      assertThat(again.isValid()).isTrue();
      assertThat(tryAcquire(there, A)).isCompletedExceptionally();
      machine.fail(machine.calls() + 1, 3);
      again.close();
      machine.pass(1_000);
      tryAcquire(there, A).join().close();
      tryAcquire(here, A).join().close();
    }
    assertThat(machine.lockedBytes()).isZero();
  }

  @Test
  void a_fault_in_any_call_to_the_operating_system_leaves_no_key_stuck() {
    int injected = 0;
    for (int inARow = 1; inARow <= 3; inARow++) {
      int call = 1;
      while (survives(call, inARow)) {
        call++;
      }
      injected += call - 1;
    }
    System.out.println("faults in lock calls: " + injected + " injected, 0 keys stuck");
    assertThat(injected).isGreaterThan(60);
  }

  /** Returns false once the scenario ends before the fault. */
  private boolean survives(int failingCall, int inARow) {
    FakeMachine faulty = new FakeMachine();
    faulty.fail(failingCall, inARow);
    List<CompletableFuture<Lease>> requests = new ArrayList<>();
    try (KeyLocks here = faulty.process(folder.resolve("faulty-here"));
        KeyLocks there = faulty.process(folder.resolve("faulty-there"))) {
      requests.add(acquire(here, A));
      requests.add(acquire(there, A, B));
      requests.add(acquire(here, B));
      requests.add(acquire(here, A, B));
      useReserved(here);
      for (int step = 0; step < 10; step++) {
        requests.stream().filter(LockFileTests::isGranted).forEach(r -> r.join().close());
        faulty.pass(200);
      }
      assertThat(requests).as("fault at call %d", failingCall).allMatch(CompletableFuture::isDone);
      boolean reached = faulty.calls() >= failingCall;
      faulty.fail(0, 0);
      assertThat(faulty.lockedBytes()).as("fault at call %d", failingCall).isZero();
      for (KeyLocks locks : List.of(here, there)) {
        assertThat(locks.locks()).isEmpty();
        tryAcquire(locks, A, B).join().close();
        locks.tryReserved(0, "checkpoint").orElseThrow().close();
      }
      return reached;
    } catch (StorageException e) {
      assertThat(e).hasMessageStartingWith("Cannot open lock file ");
      return true;
    }
  }

  private static boolean isGranted(CompletableFuture<Lease> request) {
    return request.isDone() && !request.isCompletedExceptionally();
  }

  private static void useReserved(KeyLocks locks) {
    try {
      locks.tryReserved(0, "checkpoint").ifPresent(Lease::close);
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining(" fails");
    }
  }
}
