package io.ml4t.storage.lock;

import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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
  private final KeyLocks locks = user(new LastTaskTimer());
  private final int[] numbers = new int[2];

  private KeyLocks user(LockTimer timer) {
    return new QueuedKeyLocks(queues, null, Runnable::run, timer, key -> key.symbol().charAt(0));
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
      close(request);
    }
  }

  @Operation
  public void requestBothUntilTimeout() {
    LastTaskTimer timer = new LastTaskTimer();
    CompletableFuture<Lease> request = user(timer).acquire(KEYS, LONG, "late");
    timer.fire();
    close(request);
  }

  @Operation
  public void requestAndClose(@Param(name = "key") int key) {
    KeyLocks user = user(new LastTaskTimer());
    CompletableFuture<Lease> request = user.acquire(List.of(KEYS.get(key)), LONG, "close");
    user.close();
    close(request);
  }

  /** Waits out a grant that another thread has decided on but not delivered. */
  private static void close(CompletableFuture<Lease> request) {
    request.handle((lease, failure) -> lease).thenAccept(KeyLocksInterleavingTests::release).join();
  }

  private static void release(@Nullable Lease lease) {
    if (lease != null) {
      lease.close();
    }
  }

  @Validate
  public void nothingIsLeft() {
    if (!queues.isEmpty()) {
      throw new IllegalStateException("Left behind: " + locks.locks());
    }
  }

  /** As few steps as can be, for each is one more to interleave. */
  private static final class LastTaskTimer implements LockTimer {
    private static final Instant NOW = Instant.EPOCH;
    private @Nullable Runnable last;

    @Override
    public long jitter(long nanos) {
      return nanos;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant instant() {
      return NOW;
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
      last = task;
      return () -> {};
    }

    /** The time is over, unless there was no need to wait. */
    void fire() {
      if (last != null) {
        last.run();
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "lincheck.scenarios",
      matches = "\\d+",
      disabledReason = "Model checking takes a minute: set lincheck.scenarios")
  void no_interleaving_of_model_checked_scenarios_breaks_a_lock() {
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .addGuarantee(
                ManagedStrategyGuaranteeKt.forClasses(KeyLocksInterleavingTests::isLocal)
                    .allMethods()
                    .ignore())
            .invocationsPerIteration(200)
            .threads(2)
            .actorsPerThread(2);
    check(options, "model checked");
  }

  @Test
  void no_run_of_stressed_scenarios_breaks_a_lock() {
    StressOptions options =
        new StressOptions().invocationsPerIteration(1_000).threads(3).actorsPerThread(3);
    check(options, "stressed");
  }

  /** Code that works on what one thread sees, or that a monitor guards: nothing to interleave. */
  private static boolean isLocal(String type) {
    return Scenarios.isLocal(type)
        || type.startsWith("java.time.")
        || type.equals(StorageKey.class.getName())
        || type.startsWith(LockAcquisitionException.class.getName());
  }

  private static void check(Options<?, ?> options, String how) {
    Scenarios.check("locks", how, options, KeyLocksInterleavingTests.class);
  }
}
