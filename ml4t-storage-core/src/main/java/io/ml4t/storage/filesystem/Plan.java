package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.WriteOptions;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something to commit.
 *
 * @param operation its name, for those who wait for its locks
 * @param writes the keys to lock
 * @param depends every key that the decision depends on, or that it writes
 * @param listings every prefix whose keys the decision depends on
 * @param staged the frames that it may commit; garbage if it fails
 * @param contents what the plain view will show, as far as it is in memory
 * @param decision what to commit
 */
record Plan(
    String operation,
    Collection<StorageKey> writes,
    Collection<StorageKey> depends,
    Collection<String> listings,
    List<StagedChange> staged,
    Map<StorageKey, PlainView.Content> contents,
    Decision decision) {

  /** Decides on the newest state; asked again when another process was faster. */
  interface Decision {
    /**
     * The changes to make; none to leave all as it is.
     *
     * @throws StorageException if the plan cannot be carried out on that state
     */
    List<StagedChange> decide(Index newest);
  }

  /** Stores frames of different keys, whatever is there. */
  static Plan writeAll(StagedFrames frames) {
    return of("write", frames, newest -> frames.changes());
  }

  /** Stores one frame if the options allow it. */
  static Plan put(StagedFrames frame, WriteOptions options) {
    StorageKey key = frame.changes().get(0).key();
    Long expected = options.ifVersion();
    return of(
        "write",
        frame,
        newest -> {
          long actual = newest.version(key);
          if (expected != null && expected != actual) {
            throw new CommitConflictException(
                "Cannot write %s: expected %s, found %s; read it again and decide anew"
                    .formatted(key, describe(expected), describe(actual)),
                List.of(key));
          }
          return frame.changes();
        });
  }

  /** Stores one frame under a key that exists. */
  static Plan update(StagedFrames frame) {
    StorageKey key = frame.changes().get(0).key();
    return of(
        "update",
        frame,
        newest -> {
          if (newest.version(key) == WriteOptions.ABSENT) {
            throw new KeyNotFoundException("update", key);
          }
          return frame.changes();
        });
  }

  /** Deletes those of some keys that exist. */
  static Plan delete(Collection<StorageKey> keys) {
    List<StagedChange> changes = keys.stream().map(StagedChange::delete).toList();
    return of(
        "delete",
        new StagedFrames(changes, Map.of()),
        newest ->
            changes.stream()
                .filter(change -> newest.version(change.key()) != WriteOptions.ABSENT)
                .toList());
  }

  /** Makes a foreign file a version; the caller holds the key's lock. */
  static Plan adopt(StagedChange change) {
    return of("adopt", change, newest -> List.of(change));
  }

  /** Stores a broken frame again from an intact copy, unless it has been replaced meanwhile. */
  static Plan restore(StagedChange change, long broken) {
    return of(
        "repair",
        change,
        newest -> newest.version(change.key()) == broken ? List.of(change) : List.of());
  }

  private static Plan of(String operation, StagedChange change, Decision decision) {
    return of(operation, new StagedFrames(List.of(change), Map.of()), decision);
  }

  private static Plan of(String operation, StagedFrames frames, Decision decision) {
    List<StorageKey> keys = frames.changes().stream().map(StagedChange::key).toList();
    return new Plan(
        operation, keys, keys, List.of(), frames.changes(), frames.contents(), decision);
  }

  private static String describe(long version) {
    return version == WriteOptions.ABSENT ? "no such key" : "version " + version;
  }

  /** Whether the decision may be another once these keys have been written. */
  boolean dependsOn(Set<StorageKey> written) {
    return !Collections.disjoint(written, depends)
        || (!listings.isEmpty()
            && written.stream()
                .anyMatch(key -> listings.stream().anyMatch(p -> KeyPrefix.parse(p).matches(key))));
  }

  /** About how much it adds to a record, in bytes. */
  long bytes() {
    return staged.stream().mapToLong(StagedChange::inlineBytes).sum();
  }
}
