package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state of a transaction: what it has read, and what it will change. Its methods do their file
 * operations on the calling thread. Used by one thread at a time; a misuse cannot tear it, and it
 * can be rolled back while a step is under way: no monitor is held during file operations or
 * encoding.
 */
final class StoreTransaction {
  private final Engine engine;
  private final long sequence;

  /** What the transaction saw of each key that it looked at: a version, or absence. */
  private final Map<StorageKey, Long> reads = new HashMap<>();

  /** What the transaction saw under each prefix that it listed. */
  private final Map<String, Set<StorageKey>> listings = new HashMap<>();

  /** What will be under each changed key; empty where it will be deleted. */
  private final Map<StorageKey, Optional<DataObject>> changes = new TreeMap<>();

  /** Keys that the callback has locked which waits for the transaction. */
  private final Set<StorageKey> locked;

  /**
   * Held by a change from what it reads to what it writes: not a monitor, for it does file reads.
   */
  private final Lock changing = new ReentrantLock();

  private boolean ended;

  StoreTransaction(Engine engine, Set<StorageKey> locked) throws IOException {
    this.engine = engine;
    this.locked = locked;
    this.sequence = engine.log.refresh().head().sequence();
  }

  long sequence() {
    return sequence;
  }

  DataObject read(StorageKey key) throws IOException {
    DataObject changed = changed(key);
    return changed == null ? engine.reader.read(key, sequence, ReadOptions.defaults()) : changed;
  }

  /** The frame that the transaction has put under a key; null where it has not changed the key. */
  private synchronized @Nullable DataObject changed(StorageKey key) {
    requireOpen();
    Optional<DataObject> changed = changes.get(key);
    if (changed == null) {
      look(key);
      return null;
    }
    return changed.orElseThrow(() -> new KeyNotFoundException("read", key));
  }

  synchronized boolean exists(StorageKey key) {
    requireOpen();
    Optional<DataObject> changed = changes.get(key);
    return changed == null ? look(key) != WriteOptions.ABSENT : changed.isPresent();
  }

  synchronized List<StorageKey> listKeys(String prefix) {
    requireOpen();
    KeyPrefix wanted = KeyPrefix.parse(prefix);
    Set<StorageKey> keys =
        new TreeSet<>(
            listings.computeIfAbsent(
                prefix, p -> new HashSet<>(engine.log.index().list(wanted, sequence))));
    changes.forEach(
        (key, data) -> {
          if (data.isEmpty()) {
            keys.remove(key);
          } else if (wanted.matches(key)) {
            keys.add(key);
          }
        });
    return List.copyOf(keys);
  }

  StorageKey write(DataObject data) throws IOException {
    return changing(() -> put(data));
  }

  StorageKey update(StorageKey key, DataObject data) throws IOException {
    data.requireKey("update", key);
    return changing(
        () -> {
          if (!exists(key)) {
            throw new KeyNotFoundException("update", key);
          }
          return put(data);
        });
  }

  StorageKey append(DataObject data) throws IOException {
    StorageKey key = data.key();
    return changing(() -> put(exists(key) ? Appends.merge(read(key), data) : Appends.sorted(data)));
  }

  boolean delete(StorageKey key) throws IOException {
    return changing(
        () -> {
          boolean there = exists(key);
          if (there) {
            change(key, Optional.empty());
          }
          return there;
        });
  }

  private <T> T changing(Operations.Step<T> step) throws IOException {
    changing.lock();
    try {
      return step.run();
    } finally {
      changing.unlock();
    }
  }

  private StorageKey put(DataObject data) {
    data.requireComplete();
    change(data.key(), Optional.of(data));
    return data.key();
  }

  private void change(StorageKey key, Optional<DataObject> data) {
    engine.plain.checkInside(key);
    if (locked.contains(key)) {
      throw LockedCallbacks.waitsForItself(key);
    }
    synchronized (this) {
      requireOpen();
      changes.put(key, data);
    }
  }

  /** Ends the transaction, and commits what it has changed if nothing that it read has changed. */
  CompletableFuture<Long> commit() throws IOException {
    Plan plan = plan(changing(this::end));
    return plan.writes().isEmpty()
        ? CompletableFuture.completedFuture(sequence)
        : engine.writer.commit(plan).thenApply(CommitRecord::sequence);
  }

  /** About how much memory the frames take that it will commit, in bytes. */
  synchronized long bytes() {
    return FrameWeight.of(changes.values().stream().flatMap(Optional::stream).toList());
  }

  /** Lets nothing more be read or changed; what is returned is to be committed. */
  private synchronized Map<StorageKey, Optional<DataObject>> end() {
    requireOpen();
    ended = true;
    return new TreeMap<>(changes);
  }

  private Plan plan(Map<StorageKey, Optional<DataObject>> mine) throws IOException {
    StagedFrames frames =
        StagedFrames.stage(
            engine.frames, mine.values().stream().flatMap(Optional::stream).toList());
    List<StagedChange> staged = new ArrayList<>(frames.changes());
    mine.forEach(
        (key, data) -> {
          if (data.isEmpty()) {
            staged.add(StagedChange.delete(key));
          }
        });
    staged.sort(Comparator.comparing(StagedChange::key));
    Set<StorageKey> depends = new HashSet<>(reads.keySet());
    depends.addAll(mine.keySet());
    return new Plan(
        "transaction",
        List.copyOf(mine.keySet()),
        depends,
        List.copyOf(listings.keySet()),
        staged,
        frames.contents(),
        newest -> {
          requireUnchanged(newest);
          return staged;
        });
  }

  private void requireUnchanged(Index newest) {
    Set<StorageKey> changed = new TreeSet<>();
    reads.forEach(
        (key, seen) -> {
          if (newest.version(key) != seen) {
            changed.add(key);
          }
        });
    listings.forEach(
        (prefix, seen) -> {
          Set<StorageKey> now = new HashSet<>(newest.list(KeyPrefix.parse(prefix), Long.MAX_VALUE));
          seen.stream().filter(key -> !now.contains(key)).forEach(changed::add);
          now.stream().filter(key -> !seen.contains(key)).forEach(changed::add);
        });
    if (!changed.isEmpty()) {
      throw new CommitConflictException(
          "Cannot commit transaction on commit %d: other writers have changed %s since"
              .formatted(sequence, changed),
          changed);
    }
  }

  synchronized void rollback() {
    ended = true;
    changes.clear();
  }

  private long look(StorageKey key) {
    return reads.computeIfAbsent(key, k -> engine.log.index().version(k, sequence));
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException(
          "Cannot use transaction on commit " + sequence + ": it has ended; begin another");
    }
  }
}
