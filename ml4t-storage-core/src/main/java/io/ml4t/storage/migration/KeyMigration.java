package io.ml4t.storage.migration;

import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes one key from the source to the target. */
final class KeyMigration {
  private final Storage source;
  private final Storage target;
  private final MigrationOptions options;
  private final @Nullable MigrationJournal journal;
  private final Tally tally;
  private final MemoryWindow window;
  private final Pace keys;
  private final Pace bytes;
  private final BooleanSupplier isCancelled;

  KeyMigration(
      Storage source,
      Storage target,
      MigrationOptions options,
      @Nullable MigrationJournal journal,
      Tally tally,
      BooleanSupplier isCancelled) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.journal = journal;
    this.tally = tally;
    this.isCancelled = isCancelled;
    boolean compares = options.verify() || options.existing() == ExistingKeys.SKIP_SAME;
    window = new MemoryWindow(options.memory(), compares ? 2 : 1);
    keys = new Pace(options.keysPerSecond(), Pace.SYSTEM);
    bytes = new Pace(options.bytesPerSecond(), Pace.SYSTEM);
  }

  /** Migrates the key, and counts what became of it; fails with whatever went wrong. */
  void run(StorageKey key) {
    MigrationSource.State state = state(key);
    long version = state == null ? 0 : state.version();
    if (journal != null && journal.isDone(key, version)) {
      tally.skipped();
      return;
    }
    long size = state == null ? 0 : state.bytes();
    keys.await(1, isCancelled);
    bytes.await(size, isCancelled);
    try (MemoryWindow.Place place = window.enter(state)) {
      if (isCancelled.getAsBoolean()) {
        return;
      }
      DataObject data = source.read(key);
      place.fit(data);
      if (copy(key, data)) {
        tally.succeeded(data.data().rowCount(), size);
      } else {
        tally.skipped();
      }
    }
    if (journal != null && !options.dryRun()) {
      journal.done(key, version);
    }
  }

  /** What is known of a key before its frame is read; null where the source does not tell. */
  private MigrationSource.@Nullable State state(StorageKey key) {
    if (source instanceof MigrationSource known) {
      MigrationSource.State state = known.state(key);
      if (state == null) {
        throw new KeyNotFoundException("read", key);
      }
      return state;
    }
    List<Version> versions = source.versions(key);
    if (versions.isEmpty()) {
      return null;
    }
    Version newest = versions.get(0);
    return new MigrationSource.State(newest.sequence(), newest.rows(), newest.bytes());
  }

  /** Writes the frame, and tells whether that was needed. */
  private boolean copy(StorageKey key, DataObject data) {
    boolean mayBeThere = journal != null && journal.isBegun(key);
    if ((mayBeThere || options.existing() == ExistingKeys.SKIP_SAME) && data.equals(found(key))) {
      return false;
    }
    if (options.dryRun()) {
      if (options.existing() == ExistingKeys.FAIL && target.exists(key)) {
        throw new CommitConflictException(
            "Cannot write " + key + ": the target has it already", List.of(key));
      }
      return true;
    }
    if (journal != null) {
      journal.begin(key);
    }
    target.write(
        data,
        options.existing() == ExistingKeys.FAIL
            ? WriteOptions.ifAbsent()
            : WriteOptions.defaults());
    if (options.verify()) {
      verify(key, data);
    }
    return true;
  }

  /** What the target has; null where that is nothing, or nothing that can be read. */
  private @Nullable DataObject found(StorageKey key) {
    try {
      return target.exists(key) ? target.read(key) : null;
    } catch (StorageException e) {
      return null; // The write replaces it, or tells what is wrong.
    }
  }

  private void verify(StorageKey key, DataObject written) {
    DataObject read = target.read(key);
    if (!read.equals(written)) {
      String what = read.data().equals(written.data()) ? "metadata" : "rows or columns";
      throw new StorageException(
          "Cannot verify %s: the target has other %s than were written".formatted(key, what));
    }
  }
}
