package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock file against real processes. */
@Timeout(120)
class OtherProcessTests {
  private static final StorageKey A = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey B = StorageKey.of("crypto", "hourly", "BTC/USD");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private Path lockFile;
  private KeyLocks locks;
  private LockingProcess other;

  @BeforeEach
  void start() throws IOException {
    lockFile = folder.resolve("locks");
    locks = KeyLocks.file(lockFile, task -> new Thread(task).start());
    other = new LockingProcess(lockFile);
  }

  @AfterEach
  void end() throws InterruptedException {
    other.kill();
    locks.close();
  }

  private CompletableFuture<Lease> acquire(StorageKey... keys) {
    return locks.acquire(List.of(keys), LONG, "test");
  }

  private CompletableFuture<Lease> tryAcquire(StorageKey... keys) {
    return locks.acquire(List.of(keys), Duration.ZERO, "try");
  }

  @Test
  void a_key_held_here_is_refused_there_and_the_other_way_round() {
    Lease here = acquire(A).join();
    assertThat(other.tryLock(A)).isEqualTo("refused");
    assertThat(other.tryLock(B)).isEqualTo("held");
    assertThat(AbstractKeyLocksTests.failureOf(tryAcquire(B)))
        .hasMessageContaining("it is held by another process");
    here.close();
    assertThat(other.tryLock(A)).isEqualTo("held");
    assertThat(other.unlock()).isEqualTo("free");
    tryAcquire(B).join().close();
  }

  @Test
  void a_request_waits_until_the_other_process_lets_go() {
    assertThat(other.lock(A, B)).isEqualTo("held");
    CompletableFuture<Lease> waiting = acquire(B);
    assertThat(waiting).isNotDone();
    assertThat(other.unlock()).isEqualTo("free");
    waiting.join().close();
  }

  @Test
  void a_killed_process_holds_nothing() throws InterruptedException {
    assertThat(other.lock(A)).isEqualTo("held");
    CompletableFuture<Lease> waiting = acquire(A);
    assertThat(waiting).isNotDone();
    other.kill();
    waiting.join().close();
  }

  /** POSIX drops all locks of a process when any of its descriptors of the file is closed. */
  @Test
  void opening_and_closing_another_store_on_the_same_root_drops_no_lock() {
    Lease here = acquire(A).join();
    KeyLocks.file(lockFile, Runnable::run).close();
    assertThat(other.tryLock(A)).isEqualTo("refused");
    assertThat(here.isValid()).isTrue();
    here.close();
  }

  @Test
  void a_reserved_slot_is_taken_by_one_process_and_excludes_no_key() {
    Lease slot = locks.tryReserved(0, "checkpoint").orElseThrow();
    assertThat(other.tryReserved(0)).isEqualTo("refused");
    assertThat(other.tryReserved(1)).isEqualTo("held");
    assertThat(locks.tryReserved(1, "checkpoint")).isEmpty();
    assertThat(other.tryLock(A)).isEqualTo("held");
    slot.close();
    assertThat(other.tryReserved(0)).isEqualTo("held");
  }

  @Test
  void processes_that_increment_one_number_lose_no_count() throws IOException {
    Path number = Files.writeString(folder.resolve("number"), "0");
    other.startCounting(A, 200, number);
    List<CompletableFuture<Void>> counts = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      counts.add(CompletableFuture.runAsync(() -> count(number), task -> new Thread(task).start()));
    }
    CompletableFuture.allOf(counts.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(other.answer()).isEqualTo("counted");
    assertThat(SharedCounter.read(number)).isEqualTo(400);
  }

  private void count(Path number) {
    try {
      for (int i = 0; i < 50; i++) {
        SharedCounter.increment(locks, A, number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
