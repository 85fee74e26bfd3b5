package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.lock.LockInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of a store's locks in this process: down where a key is held, or waited for, for too long,
 * as it is when a transaction hangs. Waits for nothing.
 */
final class LocksHealthIndicator extends AbstractHealthIndicator {
  private final FileSystemStorage storage;
  private final LocksHealthProperties thresholds;
  private final Clock clock;

  LocksHealthIndicator(FileSystemStorage storage, LocksHealthProperties thresholds, Clock clock) {
    super("Cannot check the locks of the store");
    this.storage = storage;
    this.thresholds = thresholds;
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Instant now = clock.instant();
    List<LockInfo> held = in(LockInfo.State.HELD);
    List<LockInfo> awaited = in(LockInfo.State.AWAITED);
    LockInfo oldestHeld = oldest(held);
    LockInfo oldestAwaited = oldest(awaited);
    boolean down =
        isOlder(oldestHeld, now, thresholds.heldThreshold())
            || isOlder(oldestAwaited, now, thresholds.awaitedThreshold());
    (down ? builder.down() : builder.up())
        .withDetail("held", held.size())
        .withDetail("awaited", awaited.size());
    if (oldestHeld != null) {
      builder.withDetail("oldestHeld", describe(oldestHeld, now));
    }
    if (oldestAwaited != null) {
      builder.withDetail("oldestAwaited", describe(oldestAwaited, now));
    }
  }

  private List<LockInfo> in(LockInfo.State state) {
    return storage.locks().stream().filter(lock -> lock.state() == state).toList();
  }

  private static @Nullable LockInfo oldest(List<LockInfo> locks) {
    return locks.stream().min(Comparator.comparing(LockInfo::since)).orElse(null);
  }

  private static boolean isOlder(@Nullable LockInfo lock, Instant now, Duration threshold) {
    return lock != null && Duration.between(lock.since(), now).compareTo(threshold) > 0;
  }

  private static Map<String, Object> describe(LockInfo lock, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("key", lock.key().toString());
    details.put("operation", lock.operation());
    details.put("thread", lock.thread());
    details.put("since", lock.since());
    details.put("millis", Duration.between(lock.since(), now).toMillis());
    return details;
  }
}
