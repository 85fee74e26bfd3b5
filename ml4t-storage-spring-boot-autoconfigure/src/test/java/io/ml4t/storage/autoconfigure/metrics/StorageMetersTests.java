package io.ml4t.storage.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What seldom happens to a store, in its meters. */
class StorageMetersTests {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final StorageMeters meters = new StorageMeters(registry, "archive");

  @Test
  void retriesAreCountedByTheirReasons() {
    meters.retried("lock", 1, new IOException());
    meters.retried("conflict", 1, new IOException());
    meters.retried("conflict", 2, new IOException());
    assertThat(retries("lock")).isEqualTo(1);
    assertThat(retries("conflict")).isEqualTo(2);
  }

  private double retries(String reason) {
    return registry
        .get("ml4t.storage.retries")
        .tags("store", "archive", "reason", reason)
        .counter()
        .count();
  }

  @Test
  void aLockThatIsRefusedWasWaitedFor() {
    meters.lockRefused("append", 1, Duration.ofSeconds(3));
    assertThat(
            registry
                .get("ml4t.storage.lock.wait")
                .tags("store", "archive", "operation", "append", "outcome", "refused")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(3);
  }

  @Test
  void plainFilesThatCannotBeWrittenAreCounted() {
    meters.publicationFailed(StorageKey.of("equities", "daily", "AAPL"), new IOException());
    assertThat(
            registry
                .get("ml4t.storage.plain.view.failures")
                .tag("store", "archive")
                .counter()
                .count())
        .isEqualTo(1);
  }
}
