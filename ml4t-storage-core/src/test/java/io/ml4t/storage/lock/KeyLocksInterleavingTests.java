package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Interleavings of requests, releases, cancellations and timeouts. Numbers guarded by the locks are
 * incremented without any other protection: were two holders let in, or one lost, the results would
 * not be those of any order of the operations. Were a lock leaked, the others would hang.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public class KeyLocksInterleavingTests {
  private static final List<StorageKey> KEYS =
      List.of(StorageKey.of("fx", "daily", "A"), StorageKey.of("fx", "daily", "B"));
  private static final Duration LONG = Duration.ofHours(1);

  private final ClaimQueues queues = new ClaimQueues();
  private final KeyLocks locks = user(new ManualTimer());
  private final int[] numbers = new int[2];

  private KeyLocks user(LockTimer timer) {
    return new QueuedKeyLocks(queues, null, Runnable::run, timer, Slots::of);
  }

  @Operation
  public int increment(@Param(name = "key") int key) {
    try (Lease lease = locks.acquire(List.of(KEYS.get(key)), LONG, "one").join()) {
      return lease.isValid() ? ++numbers[key] : -1;
    }
  }

  @Operation
  public int incrementBoth() {
    try (Lease lease = locks.acquire(KEYS, LONG, "both").join()) {
      return lease.isValid() ? 100 * ++numbers[0] + ++numbers[1] : -1;
    }
  }

  @Operation
  public void requestAndCancel(@Param(name = "key") int key) {
    CompletableFuture<Lease> request = locks.acquire(List.of(KEYS.get(key)), LONG, "cancel");
    if (!request.cancel(true)) {
      request.join().close();
    }
  }

  @Operation
  public void requestBothUntilTimeout() {
    ManualTimer timer = new ManualTimer();
    CompletableFuture<Lease> request = user(timer).acquire(KEYS, Duration.ofNanos(1), "late");
    timer.advance(Duration.ofNanos(1));
    close(request);
  }

  @Operation
  public void requestAndClose(@Param(name = "key") int key) {
    KeyLocks user = user(new ManualTimer());
    CompletableFuture<Lease> request = user.acquire(List.of(KEYS.get(key)), LONG, "close");
    user.close();
    close(request);
  }

  private static void close(CompletableFuture<Lease> request) {
    if (!request.isDone()) {
      throw new IllegalStateException("The request was neither granted nor refused");
    }
    if (!request.isCompletedExceptionally()) {
      request.join().close();
    }
  }

  @Validate
  public void nothingIsLeft() {
    if (!queues.isEmpty()) {
      throw new IllegalStateException("Left behind: " + locks.locks());
    }
  }

  private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 10);

  @Test
  void no_interleaving_of_model_checked_scenarios_breaks_a_lock() {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(1)
        .check(KeyLocksInterleavingTests.class);
    report("model checked");
  }

  @Test
  void no_run_of_stressed_scenarios_breaks_a_lock() {
    new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(1)
        .check(KeyLocksInterleavingTests.class);
    report("stressed");
  }

  private static void report(String how) {
    System.out.println(
        "FIGURE regime-8 locks: " + SCENARIOS + " scenarios " + how + ", 0 violations (0) OK");
    assertThat(SCENARIOS).isPositive();
  }
}
