package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.filesystem.Durability;
import io.ml4t.storage.filesystem.PlainViewMode;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.parquet.Compression;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code ml4t.storage.*}. A value that cannot work stops the start, with an error
 * that names the property and the value; this holds without a Bean Validation provider too.
 *
 * @param enabled Whether to configure the store.
 * @param dataRoot Folder that holds the data. A relative path starts at the working directory.
 * @param createRoot Whether to create the data root where it does not exist. Where it is a mount,
 *     switch this off, so that a missing mount stops the start.
 * @param lockTimeout How long an operation waits for the lock of a key.
 * @param retry What to do after a lock time-out or a conflict.
 * @param durability What an acknowledged write survives.
 * @param compression How new Parquet files are compressed.
 * @param compressionLevel How hard zstd compresses, from -100 to 22. Other compressions have no
 *     levels.
 * @param inlineLimit Greatest frame that travels inside a commit record. A larger one is a file of
 *     its own.
 * @param readCache How much of the heap keeps the small frames that were read last, decoded. Zero
 *     keeps none.
 * @param versions Which older versions are kept.
 * @param checkpointInterval After how many commits a checkpoint is made at the earliest. Fewer make
 *     the store open faster.
 * @param plainView The ordinary Parquet and JSON files that other programs read.
 * @param inFlight How much the store takes on at a time.
 * @param closeTimeout How long closing waits for what has begun.
 * @param events What becomes an application event.
 */
@ConfigurationProperties("ml4t.storage")
public record Ml4tStorageProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("./data") String dataRoot,
    @DefaultValue("true") boolean createRoot,
    @DefaultValue("30s") Duration lockTimeout,
    @DefaultValue Retry retry,
    @DefaultValue("fsync") Durability durability,
    @DefaultValue("zstd") Compression compression,
    @DefaultValue("3") int compressionLevel,
    @DefaultValue("256KB") DataSize inlineLimit,
    @DefaultValue("32MB") DataSize readCache,
    @DefaultValue Versions versions,
    @DefaultValue("1000") int checkpointInterval,
    @DefaultValue PlainView plainView,
    @DefaultValue InFlight inFlight,
    @DefaultValue("30s") Duration closeTimeout,
    @DefaultValue Events events) {

  /** Refuses values that cannot work with {@link StorageConfigurationException}. */
  public Ml4tStorageProperties {
    require(!dataRoot.isBlank(), "data-root", dataRoot, "the path of a folder");
    require(!lockTimeout.isNegative(), "lock-timeout", lockTimeout, "not negative");
    require(
        compressionLevel >= -100 && compressionLevel <= 22,
        "compression-level",
        compressionLevel,
        "-100 to 22");
    require(
        !inlineLimit.isNegative() && inlineLimit.toMegabytes() <= 16,
        "inline-limit",
        inlineLimit,
        "0B to 16MB");
    require(!readCache.isNegative(), "read-cache", readCache, "not negative");
    require(checkpointInterval >= 1, "checkpoint-interval", checkpointInterval, "at least 1");
    require(!closeTimeout.isNegative(), "close-timeout", closeTimeout, "not negative");
  }

  /**
   * What to do after a lock time-out or a conflict.
   *
   * @param maxAttempts How often an operation is tried in all. 1 never tries again.
   * @param baseDelay Delay before the second attempt. It doubles with each further one, with
   *     jitter.
   * @param maxDelay Longest delay between two attempts.
   */
  public record Retry(
      @DefaultValue("3") int maxAttempts,
      @DefaultValue("100ms") Duration baseDelay,
      @DefaultValue("5s") Duration maxDelay) {

    /** Refuses values that cannot work with {@link StorageConfigurationException}. */
    public Retry {
      require(maxAttempts >= 1, "retry.max-attempts", maxAttempts, "at least 1");
      require(baseDelay.toMillis() >= 1, "retry.base-delay", baseDelay, "at least 1ms");
      require(
          maxDelay.compareTo(baseDelay) >= 0,
          "retry.max-delay",
          maxDelay,
          "at least ml4t.storage.retry.base-delay, which is " + baseDelay);
    }
  }

  /**
   * Which older versions are kept.
   *
   * @param keep How many versions of each key are kept at least, the newest included.
   * @param minAge How long a version is kept at least after it was replaced, so that snapshots can
   *     read it.
   */
  public record Versions(@DefaultValue("3") int keep, @DefaultValue("5m") Duration minAge) {

    /** Refuses values that cannot work with {@link StorageConfigurationException}. */
    public Versions {
      require(keep >= 1, "versions.keep", keep, "at least 1");
      require(!minAge.isNegative(), "versions.min-age", minAge, "not negative");
    }
  }

  /**
   * The ordinary Parquet and JSON files that other programs read.
   *
   * @param mode How the plain files of large frames are made.
   * @param publish When the plain files show a commit.
   */
  public record PlainView(
      @DefaultValue("link") PlainViewMode mode, @DefaultValue("with-commit") PublishMode publish) {}

  /**
   * How much the store takes on at a time. What comes beyond it waits in line, without a thread.
   *
   * @param maxOperations How many reads are under way at a time, and how many changes.
   * @param maxBytes How much memory the frames of the reads under way take, and of the changes.
   *     Zero stands for an eighth of the greatest heap for each.
   * @param maxQueue How many calls wait in line. Others fail.
   * @param maxQueueWait How long a call waits in line before it fails.
   */
  public record InFlight(
      @DefaultValue("1024") int maxOperations,
      @DefaultValue("0B") DataSize maxBytes,
      @DefaultValue("100000") int maxQueue,
      @DefaultValue("30s") Duration maxQueueWait) {

    /** Refuses values that cannot work with {@link StorageConfigurationException}. */
    public InFlight {
      require(maxOperations >= 1, "in-flight.max-operations", maxOperations, "at least 1");
      require(!maxBytes.isNegative(), "in-flight.max-bytes", maxBytes, "not negative");
      require(maxQueue >= 0, "in-flight.max-queue", maxQueue, "at least 0");
      require(!maxQueueWait.isNegative(), "in-flight.max-queue-wait", maxQueueWait, "not negative");
    }
  }

  /**
   * What becomes an application event.
   *
   * @param commits Whether each commit, of this process and others, is published as a CommitEvent.
   */
  public record Events(@DefaultValue("false") boolean commits) {}

  private static void require(boolean valid, String name, Object value, String expected) {
    StorageConfigurationException.require(valid, "ml4t.storage." + name, value, expected);
  }
}
