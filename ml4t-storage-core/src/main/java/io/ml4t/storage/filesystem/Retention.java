package io.ml4t.storage.filesystem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which versions are kept: the newest few of each key, those that were replaced not long ago, and
 * those that a tag shows.
 *
 * @param keepVersions how many of each key, at least 1
 * @param replacedSince versions replaced at or after this time are kept, in microseconds since the
 *     epoch
 * @param tagged the commits that tags stand for
 */
record Retention(int keepVersions, long replacedSince, Collection<Long> tagged) {

  KeyHistory keep(KeyHistory history) {
    List<Entry> entries = history.entries();
    List<Entry> kept = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (i >= entries.size() - keepVersions
          || entries.get(i + 1).time() >= replacedSince
          || tagged.stream().anyMatch(entry::isNewestAt)) {
        kept.add(entry);
      }
    }
    return KeyHistory.of(history.born(), kept);
  }

  /** Whether the key has been deleted so long ago that nothing of it need be kept. */
  boolean isForgotten(KeyHistory history) {
    Entry newest = history.newest();
    return newest.isDeleted()
        && newest.time() < replacedSince
        && tagged.stream().allMatch(commit -> commit >= newest.sequence());
  }
}
