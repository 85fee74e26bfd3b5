package io.ml4t.storage.autoconfigure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.GroupCommit;
import io.ml4t.storage.event.StorageListener;
import java.time.Duration;

/**
 * Meters what one store does. No tag has more values than there are kinds of operations; keys are
 * none. Operations themselves are timed by their observations.
 */
final class StorageMeters implements StorageListener {
  private final MeterProvider<Timer> lockWait;
  private final MeterProvider<Timer> lockHold;
  private final Timer commit;
  private final DistributionSummary commitSize;
  private final DistributionSummary commitBytes;
  private final Counter rowsWritten;
  private final Counter rowsRead;
  private final Counter bytesWritten;
  private final Counter bytesRead;
  private final Counter lockRetries;
  private final Counter conflictRetries;
  private final Timer publish;
  private final Counter publishFailures;

  StorageMeters(MeterRegistry registry, String store) {
    Tags tags = Tags.of("store", store);
    lockWait =
        Timer.builder("ml4t.storage.lock.wait")
            .description("How long requests waited for locks on keys")
            .tags(tags)
            .withRegistry(registry);
    lockHold =
        Timer.builder("ml4t.storage.lock.hold")
            .description("How long locks on keys were held")
            .tags(tags)
            .withRegistry(registry);
    commit =
        Timer.builder("ml4t.storage.commit")
            .description("How long commit records took to decide, write and sync")
            .tags(tags)
            .register(registry);
    commitSize =
        DistributionSummary.builder("ml4t.storage.commit.size")
            .description("How many commits one record holds")
            .baseUnit("commits")
            .tags(tags)
            .register(registry);
    commitBytes =
        DistributionSummary.builder("ml4t.storage.commit.frames")
            .description("How large the frames of one commit record are")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry);
    rowsWritten = frames(registry, tags, "rows", "written");
    rowsRead = frames(registry, tags, "rows", "read");
    bytesWritten = frames(registry, tags, "bytes", "written");
    bytesRead = frames(registry, tags, "bytes", "read");
    lockRetries = retries(registry, tags, "lock");
    conflictRetries = retries(registry, tags, "conflict");
    publish =
        Timer.builder("ml4t.storage.plain.view.publish")
            .description("How long the plain files of a key took to write")
            .tags(tags)
            .register(registry);
    publishFailures =
        Counter.builder("ml4t.storage.plain.view.failures")
            .description("How often the plain files of a key could not be written")
            .tags(tags)
            .register(registry);
  }

  private static Counter frames(MeterRegistry registry, Tags tags, String unit, String direction) {
    return Counter.builder("ml4t.storage.frame." + unit)
        .description("What frames were written and read, in " + unit)
        .baseUnit(unit)
        .tags(tags.and("direction", direction))
        .register(registry);
  }

  private static Counter retries(MeterRegistry registry, Tags tags, String reason) {
    return Counter.builder("ml4t.storage.retries")
        .description("How often work was tried again")
        .tags(tags.and("reason", reason))
        .register(registry);
  }

  @Override
  public void lockGranted(String operation, int keys, Duration waited) {
    lockWait.withTags("operation", operation, "outcome", "granted").record(waited);
  }

  @Override
  public void lockRefused(String operation, int keys, Duration waited) {
    lockWait.withTags("operation", operation, "outcome", "refused").record(waited);
  }

  @Override
  public void lockReleased(String operation, int keys, Duration held) {
    lockHold.withTags("operation", operation).record(held);
  }

  @Override
  public void committed(GroupCommit group) {
    commit.record(group.took());
    commitSize.record(group.commits());
    commitBytes.record((double) group.bytes());
  }

  @Override
  public void frameWritten(long rows, long bytes) {
    rowsWritten.increment((double) rows);
    bytesWritten.increment((double) bytes);
  }

  @Override
  public void frameRead(long rows, long bytes) {
    rowsRead.increment((double) rows);
    bytesRead.increment((double) bytes);
  }

  @Override
  public void retried(String reason, int attempts, Throwable error) {
    (reason.equals("lock") ? lockRetries : conflictRetries).increment();
  }

  @Override
  public void published(StorageKey key, Duration took) {
    publish.record(took);
  }

  @Override
  public void publicationFailed(StorageKey key, Throwable error) {
    publishFailures.increment();
  }
}
