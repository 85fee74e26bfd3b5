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

  /** Stores a frame if the options allow it. */
  static Plan put(StagedChange change, PlainView.Content content, WriteOptions options) {
    StorageKey key = change.key();
    Long expected = options.ifVersion();
    return one(
        "write",
        change,
        Map.of(key, content),
        newest -> {
          long actual = newest.version(key);
          if (expected != null && expected != actual) {
            throw new CommitConflictException(
                "Cannot write %s: expected %s, found %s; read it again and decide anew"
                    .formatted(key, describe(expected), describe(actual)),
                List.of(key));
          }
          return List.of(change);
        });
  }

  /** Stores a frame under a key that exists. */
  static Plan update(StagedChange change, PlainView.Content content) {
    StorageKey key = change.key();
    return one(
        "update",
        change,
        Map.of(key, content),
        newest -> {
          if (newest.version(key) == WriteOptions.ABSENT) {
            throw new KeyNotFoundException("update", key);
          }
          return List.of(change);
        });
  }

  /** Deletes a key, if it exists. */
  static Plan delete(StorageKey key) {
    StagedChange change = StagedChange.delete(key);
    return one(
        "delete",
        change,
        Map.of(),
        newest -> newest.version(key) == WriteOptions.ABSENT ? List.of() : List.of(change));
  }

  /** Makes a foreign file a version; the caller holds the key's lock. */
  static Plan adopt(StagedChange change) {
    return one("adopt", change, Map.of(), newest -> List.of(change));
  }

  /** Stores a broken frame again from an intact copy, unless it has been replaced meanwhile. */
  static Plan restore(StagedChange change, long broken) {
    return one(
        "repair",
        change,
        Map.of(),
        newest -> newest.version(change.key()) == broken ? List.of(change) : List.of());
  }

  private static Plan one(
      String operation,
      StagedChange change,
      Map<StorageKey, PlainView.Content> contents,
      Decision decision) {
    List<StorageKey> keys = List.of(change.key());
    return new Plan(operation, keys, keys, List.of(), List.of(change), contents, decision);
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
