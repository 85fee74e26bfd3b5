package io.ml4t.storage.filesystem;

import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.VersionExpiredException;
import io.ml4t.storage.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All keys with their kept versions, in memory. One thread at a time applies records; any number
 * read meanwhile. A reader that passes the sequence of a record sees all of that record or none,
 * for {@link #head()} moves only after the whole record is in.
 */
final class Index {
  /**
   * A commit.
   *
   * @param sequence its place in the log, 0 for an empty log
   * @param time in microseconds since the epoch
   */
  record Head(long sequence, long time) {
    static final Head NONE = new Head(0, 0);

    Head max(Entry entry) {
      return entry.sequence() > sequence ? new Head(entry.sequence(), entry.time()) : this;
    }
  }

  private final ConcurrentNavigableMap<StorageKey, KeyHistory> keys = new ConcurrentSkipListMap<>();

  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong versions = new AtomicLong();

  private volatile Head horizon;

  private volatile Head head;

  Index(Head head, Head horizon) {
    this.head = head;
    this.horizon = horizon;
  }

  Head head() {
    return head;
  }

  /** Deletions up to this commit may have been forgotten along with their keys. */
  Head horizon() {
    return horizon;
  }

  /**
   * Raises the horizon to that of a checkpoint, before anything is dropped that it has dropped:
   * readers look at keys first and at the horizon last.
   */
  void raise(Head to) {
    if (to.sequence() > horizon.sequence()) {
      horizon = to;
    }
  }

  /** How many keys exist. */
  int size() {
    return size.get();
  }

  /** How many versions of all keys are kept. */
  long versionCount() {
    return versions.get();
  }

  /** Applies a record, or the rest of one that an error has left applied in part. */
  void apply(CommitRecord commit) {
    for (CommitRecord.Change change : commit.changes()) {
      Entry entry = Entry.of(commit, change);
      KeyHistory known = keys.get(change.key());
      if (known == null) {
        load(change.key(), KeyHistory.of(entry));
      } else if (known.newest().sequence() < commit.sequence()) {
        load(change.key(), known.with(entry));
      }
    }
    head = new Head(commit.sequence(), commit.time());
  }

  /** Puts in the whole history of a key. */
  void load(StorageKey key, KeyHistory history) {
    KeyHistory before = keys.put(key, history);
    size.addAndGet(live(history) - live(before));
    versions.addAndGet(history.size() - (before == null ? 0 : before.size()));
  }

  private static int live(@Nullable KeyHistory history) {
    return history == null || history.newest().isDeleted() ? 0 : 1;
  }

  /** Forgets a key whose deletion nobody can still ask for. */
  void forget(StorageKey key, Entry deletion) {
    horizon = horizon.max(deletion);
    KeyHistory forgotten = keys.remove(key);
    versions.addAndGet(forgotten == null ? 0 : -forgotten.size());
  }

  @Nullable KeyHistory history(StorageKey key) {
    return keys.get(key);
  }

  /** The newest version of the key, deletions included; null where there never was one. */
  @Nullable Entry newest(StorageKey key) {
    KeyHistory history = keys.get(key);
    return history == null ? null : history.newest();
  }

  /**
   * The sequence of the key's newest version, {@link WriteOptions#ABSENT} where it does not exist.
   */
  long version(StorageKey key) {
    Entry newest = newest(key);
    return newest == null || newest.isDeleted() ? WriteOptions.ABSENT : newest.sequence();
  }

  /**
   * The version of the key at a commit, deletions included; null where there was none.
   *
   * @throws VersionExpiredException if it has been dropped, or may have been
   */
  @Nullable Entry at(StorageKey key, long sequence) {
    KeyHistory history = keys.get(key);
    Entry entry = history == null ? null : history.at(sequence);
    boolean mayHaveBeen =
        sequence < horizon.sequence() || (history != null && sequence >= history.born());
    if (entry == null && mayHaveBeen) {
      throw new VersionExpiredException(
          ("Cannot read %s as of commit %d: retention has dropped that version;"
                  + " raise the number or the age of versions kept")
              .formatted(key, sequence));
    }
    return entry;
  }

  /**
   * The sequence of the key's version at a commit, {@link WriteOptions#ABSENT} where it did not
   * exist.
   *
   * @throws VersionExpiredException if it has been dropped, or may have been
   */
  long version(StorageKey key, long sequence) {
    Entry entry = at(key, sequence);
    return entry == null || entry.isDeleted() ? WriteOptions.ABSENT : entry.sequence();
  }

  /**
   * The keys that existed at a commit, in order.
   *
   * @throws VersionExpiredException if what has been dropped since might be among them
   */
  List<StorageKey> list(KeyPrefix prefix, long sequence) {
    requireAllKeys(sequence);
    List<StorageKey> listed = new ArrayList<>();
    prefix.forEach(
        keys,
        (key, history) -> {
          if (version(key, sequence) != WriteOptions.ABSENT) {
            listed.add(key);
          }
        });
    requireAllKeys(sequence); // A key may have been forgotten before its turn came.
    return listed;
  }

  /** The keys that exist, in order: all as of one commit, though others follow meanwhile. */
  List<StorageKey> list(KeyPrefix prefix) {
    while (true) {
      long newest = head.sequence();
      try {
        return list(prefix, newest);
      } catch (VersionExpiredException e) {
        if (head.sequence() == newest) {
          throw e;
        }
      }
    }
  }

  private void requireAllKeys(long sequence) {
    if (sequence < horizon.sequence()) {
      throw new VersionExpiredException(
          ("Cannot list keys as of commit %d: keys that were deleted after it have been forgotten;"
                  + " raise the age of versions kept")
              .formatted(sequence));
    }
  }

  /** The kept versions of the key, newest first. */
  List<Version> versions(StorageKey key) {
    KeyHistory history = keys.get(key);
    if (history == null) {
      return List.of();
    }
    List<Version> versions = new ArrayList<>();
    history.entries().forEach(entry -> versions.add(entry.toVersion(key)));
    Collections.reverse(versions);
    return versions;
  }

  /** The commit that the options ask for; the greatest long for the newest, whatever it is. */
  long sequence(ReadOptions options) {
    if (options.asOfSequence() != null) {
      return options.asOfSequence();
    }
    return options.asOfTime() == null
        ? Long.MAX_VALUE
        : sequenceAt(Times.micros(options.asOfTime()));
  }

  /**
   * The newest commit that is not later than the time. Where commits around that time have been
   * dropped it may be a later one, but only one that no dropped version can be read as of.
   */
  long sequenceAt(long time) {
    long next = head.sequence() + 1;
    for (KeyHistory history : keys.values()) {
      next = Math.min(next, history.firstAfter(time));
    }
    Head forgotten = horizon; // Last, for a key may be forgotten before its turn comes.
    if (time < forgotten.time()) {
      next = Math.min(next, forgotten.sequence());
    }
    return next - 1;
  }

  /** When a commit was made, as far as the kept versions tell: not later than the result. */
  Instant timeOf(long sequence) {
    long time = 0;
    for (KeyHistory history : keys.values()) {
      Entry entry = history.at(sequence);
      time = entry == null ? time : Math.max(time, entry.time());
    }
    return Times.instant(time);
  }

  /** All keys in order, deleted ones included. */
  ConcurrentNavigableMap<StorageKey, KeyHistory> keys() {
    return keys;
  }
}
