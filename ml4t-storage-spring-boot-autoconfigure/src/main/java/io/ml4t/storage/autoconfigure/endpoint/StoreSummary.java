package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.StorageStatistics;
import io.ml4t.storage.filesystem.StorageStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A store at a glance, sizes in bytes.
 *
 * @param root the data root
 * @param size how much it holds
 * @param log the commit log
 * @param plainView the files that other programs read
 * @param recovery what was found when the store was opened
 */
record StoreSummary(
    String root,
    StorageStatistics size,
    Log log,
    PlainView plainView,
    StorageStatus.Recovery recovery) {

  /** The commit log. */
  record Log(long head, @Nullable Instant lastCommit) {}

  /** The files that other programs read. */
  record PlainView(int lag, @Nullable String failure) {}

  static StoreSummary of(FileSystemStorage store) {
    StorageStatistics size = Waiting.on(store.maintenance().statistics());
    StorageStatus status = store.status();
    return new StoreSummary(
        status.root().toString(),
        size,
        new Log(status.headSequence(), status.lastCommitTime()),
        new PlainView(status.plainViewLag(), status.plainViewFailure()),
        status.recovery());
  }
}
