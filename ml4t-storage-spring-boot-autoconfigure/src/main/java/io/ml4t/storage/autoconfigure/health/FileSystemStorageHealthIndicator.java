package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.StorageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of a store and its data root: down where the root is no writable folder, or its file
 * system is nearly full.
 *
 * <p>Never waits for the store: it asks the file system about one folder, and the store for what it
 * knows already. Sizes are in bytes.
 */
final class FileSystemStorageHealthIndicator extends AbstractHealthIndicator {
  private final FileSystemStorage storage;
  private final long freeSpaceThreshold;

  FileSystemStorageHealthIndicator(FileSystemStorage storage, StorageHealthProperties properties) {
    super("Cannot check the health of the store");
    this.storage = storage;
    this.freeSpaceThreshold = properties.freeSpaceThreshold().toBytes();
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws IOException {
    StorageStatus status = storage.status();
    Path root = status.root();
    boolean exists = Files.isDirectory(root);
    boolean writable = exists && Files.isWritable(root);
    long freeSpace = exists ? Files.getFileStore(root).getUsableSpace() : 0;
    builder
        .status(writable && freeSpace >= freeSpaceThreshold ? Status.UP : Status.DOWN)
        .withDetail("root", root.toAbsolutePath().normalize().toString())
        .withDetail("exists", exists)
        .withDetail("writable", writable)
        .withDetail("freeSpace", freeSpace)
        .withDetail("freeSpaceThreshold", freeSpaceThreshold)
        .withDetail("keys", status.keys())
        .withDetail("logHead", status.headSequence())
        .withDetail("plainViewLag", status.plainViewLag())
        .withDetail("recovery", recovery(status.recovery()));
    if (status.lastCommitTime() != null) {
      builder.withDetail("lastCommit", status.lastCommitTime());
    }
    if (status.plainViewFailure() != null) {
      builder.withDetail("plainViewFailure", status.plainViewFailure());
    }
  }

  /** What was found when the store was opened. */
  private static Map<String, Object> recovery(StorageStatus.Recovery recovery) {
    return Map.of(
        "sequence", recovery.sequence(),
        "adopted", recovery.adopted(),
        "refused", recovery.refused(),
        "republished", recovery.republished(),
        "millis", recovery.millis(),
        "complete", recovery.complete());
  }
}
