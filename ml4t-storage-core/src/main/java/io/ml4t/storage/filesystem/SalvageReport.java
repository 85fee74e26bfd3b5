package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import java.util.List;
import java.util.Set;

/**
 * What {@link FileSystemStorage#salvage} could not keep.
 *
 * @param losses the commits that the store no longer has, oldest first; empty where none was lost
 * @param quarantined the files that were set aside, relative to the data root: what is damaged, and
 *     frames that no commit refers to any more
 */
public record SalvageReport(List<Loss> losses, List<String> quarantined) {

  /**
   * Commits that are lost.
   *
   * @param firstCommit the first of them
   * @param lastCommit the last of them
   * @param reason what is wrong with their record
   * @param keys the keys that the damaged record still names, of which these changes are lost: a
   *     put as well as a deletion; there may have been others
   */
  public record Loss(long firstCommit, long lastCommit, String reason, Set<StorageKey> keys) {}

  /** Whether nothing was damaged, so that nothing was done. */
  public boolean isEmpty() {
    return losses.isEmpty() && quarantined.isEmpty();
  }
}
