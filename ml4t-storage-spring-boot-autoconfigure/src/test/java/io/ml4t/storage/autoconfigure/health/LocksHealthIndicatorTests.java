package io.ml4t.storage.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.lock.LockInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LocksHealthIndicatorTests {
  private static final Instant NOW = Instant.parse("2024-01-02T00:00:00Z");

  private final FileSystemStorage storage = mock(FileSystemStorage.class);
  private final LocksHealthIndicator indicator =
      new LocksHealthIndicator(
          storage,
          new LocksHealthProperties(Duration.ofMinutes(1), Duration.ofSeconds(5)),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aStoreWithoutLocksIsUp() {
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails()).isEqualTo(Map.of("held", 0, "awaited", 0));
  }

  @Test
  void theOldestLockIsNamed() {
    when(storage.locks())
        .thenReturn(
            List.of(lock("AAPL", LockInfo.State.HELD, 10), lock("MSFT", LockInfo.State.HELD, 30)));
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails())
        .containsEntry("held", 2)
        .extractingByKey("oldestHeld")
        .isEqualTo(
            Map.of(
                "key",
                "equities/daily/MSFT",
                "operation",
                "write",
                "thread",
                "worker",
                "since",
                NOW.minusSeconds(30),
                "millis",
                30_000L));
  }

  @Test
  void aLockHeldBeyondTheThresholdIsDown() {
    when(storage.locks()).thenReturn(List.of(lock("AAPL", LockInfo.State.HELD, 61)));
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void aLockAwaitedBeyondTheThresholdIsDown() {
    when(storage.locks()).thenReturn(List.of(lock("AAPL", LockInfo.State.AWAITED, 6)));
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getDetails()).containsEntry("awaited", 1).containsKey("oldestAwaited");
  }

  private Health health() {
    return indicator.health();
  }

  private static LockInfo lock(String symbol, LockInfo.State state, long seconds) {
    return new LockInfo(
        StorageKey.of("equities", "daily", symbol),
        "write",
        state,
        NOW.minusSeconds(seconds),
        "worker");
  }
}
