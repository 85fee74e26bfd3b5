package io.ml4t.storage.filesystem;

import java.time.Duration;

/**
 * The settings of a store.
 *
 * @param durability what an acknowledged write survives
 * @param readCache how much of what was read last is kept decoded, in bytes on the heap
 * @param inlineLimit the greatest frame that travels inside a commit record, in bytes
 * @param plainView how the plain view shows large frames
 * @param publish when the plain view shows a commit
 * @param lockTimeout how long an operation waits for the lock of a key
 * @param keepVersions how many versions of a key are kept at least
 * @param minVersionAge how long a version is kept at least after it was replaced
 * @param checkpointInterval after how many commits a checkpoint is made at the earliest
 * @param callers how the store deals with its callers
 */
record StoreOptions(
    Durability durability,
    long readCache,
    int inlineLimit,
    PlainViewMode plainView,
    PublishMode publish,
    Duration lockTimeout,
    int keepVersions,
    Duration minVersionAge,
    int checkpointInterval,
    CallerOptions callers) {

  boolean isDurable() {
    return durability == Durability.FSYNC;
  }
}
