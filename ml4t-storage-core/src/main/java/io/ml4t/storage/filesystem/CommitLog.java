package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.CorruptDataException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sequence of commit records, and the index that follows from them.
 *
 * <p>A record is made by giving a finished, synced file the next free name; that name can be taken
 * only once, so it alone decides between processes. Old records are dropped in ascending order, and
 * never the newest. So a process that finds its own newest record still there knows that nobody has
 * dropped records beyond it: the next name is then either free or the true next record.
 *
 * <p>Any thread may {@link #refresh()}; all else needs the lock.
 */
final class CommitLog {
  /**
   * The newest record that this process knows, and the two names it has to look at.
   *
   * @param identity which file the record is, null where it was gone already
   */
  private record Position(
      long sequence, Path record, StoreFiles.@Nullable Stat identity, Path next) {}

  /** An index, and the record of its newest commit. */
  private record State(Index index, Position position) {}

  private record Next(CommitRecord commit, Position position) {}

  private final StoreFiles files;
  private final StoreLayout layout;
  private final Clock clock;
  private final boolean sync;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Index index;
  private volatile Position position;

  private final AtomicLong bytes = new AtomicLong();

  /** The record that this process is about to finish: maybe there, but not acknowledged. */
  private volatile @Nullable Position unacknowledged;

  /** Opens the log of a store, and reads it to its end. */
  CommitLog(StoreFiles files, StoreLayout layout, Clock clock, boolean sync) throws IOException {
    this.files = files;
    this.layout = layout;
    this.clock = clock;
    this.sync = sync;
    long last = files.list(layout.log).stream().mapToLong(StoreLayout::sequence).max().orElse(0);
    State start = loadNewest();
    this.index = start.index;
    this.position = start.position;
    locked(this::catchUp);
    if (position.sequence < last) {
      throw gap(position.sequence);
    }
  }

  /** How many bytes this process has added since the last checkpoint. */
  long bytesSinceCheckpoint() {
    return bytes.get();
  }

  void checkpointed() {
    bytes.set(0);
  }

  /** A step that needs the lock of the log. */
  interface Step<T> {
    T run() throws IOException;
  }

  <T> T locked(Step<T> step) throws IOException {
    lock.lock();
    try {
      return step.run();
    } finally {
      lock.unlock();
    }
  }

  /** The index as this process last saw it, without a look at the disk. */
  Index index() {
    return index;
  }

  /** The index, brought up to the newest commit. Two looks at the disk when there is none. */
  Index refresh() throws IOException {
    Position known = position;
    boolean isNewest =
        files.exists(known.next) ? isUnacknowledged(known.sequence + 1) : isThere(known);
    return isNewest ? index : locked(this::catchUp);
  }

  /** Whether a record that is there is the one which this process is about to finish. */
  private boolean isUnacknowledged(long sequence) throws IOException {
    Position own = unacknowledged;
    return own != null && own.sequence == sequence && isThere(own);
  }

  private boolean isThere(Position known) throws IOException {
    return known.identity != null && known.identity.isSame(files.stat(known.record));
  }

  /** Applies all records that this process does not know yet. The caller holds the lock. */
  Index catchUp() throws IOException {
    return replay(new State(index, position));
  }

  /** Begins again from the newest checkpoint, since frames are not where the index says. */
  void reload() throws IOException {
    locked(() -> replay(loadNewest()));
  }

  /** Brings an index up to the newest commit, and makes it the one that readers use. */
  private Index replay(State start) throws IOException {
    Index target = start.index;
    Position known = start.position;
    while (true) {
      Optional<Next> next = readNext(known);
      if (!isThere(known)) {
        // Others have dropped records beyond this one, so what follows it is not to be trusted.
        State fresh = loadBeyond(known);
        target = fresh.index;
        known = fresh.position;
      } else if (next.isPresent()) {
        target.apply(next.get().commit);
        known = next.get().position;
        if (target == index) {
          position = known;
        }
      } else {
        requireNoGap(known.sequence);
        index = target;
        position = known;
        return target;
      }
    }
  }

  /** Refuses to go back behind what this process knows already. */
  private void requireNoGap(long last) {
    if (last < position.sequence) {
      throw gap(last);
    }
  }

  private static CorruptDataException gap(long last) {
    return new CorruptDataException(
        StoreLayout.record(last + 1), "it is gone, though later records are there");
  }

  private Optional<Next> readNext(Position known) throws IOException {
    if (!files.exists(known.next)) {
      return Optional.empty();
    }
    try {
      Position next = positionAt(known.sequence + 1);
      return Optional.of(new Next(RecordCodec.read(files, layout, next.sequence), next));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private State loadBeyond(Position known) throws IOException {
    State fresh = loadNewest();
    if (fresh.position.sequence <= known.sequence) {
      throw new CorruptDataException(
          StoreLayout.record(known.sequence), "it is gone, and no checkpoint stands for it");
    }
    return fresh;
  }

  /** The newest checkpoint and its record, which is dropped only when there is a newer one. */
  private State loadNewest() throws IOException {
    while (true) {
      List<Long> checkpoints = Checkpoints.list(files, layout);
      Index newest = Checkpoints.loadNewest(files, layout);
      Position at = positionAt(newest.head().sequence());
      if (Checkpoints.list(files, layout).equals(checkpoints)) {
        return new State(newest, at);
      }
    }
  }

  private Position positionAt(long sequence) throws IOException {
    return positionAt(sequence, layout.file(StoreLayout.record(sequence)));
  }

  /** The position of a record, whichever of its names is given. */
  private Position positionAt(long sequence, Path file) throws IOException {
    return new Position(
        sequence,
        layout.file(StoreLayout.record(sequence)),
        files.stat(file),
        layout.file(StoreLayout.record(sequence + 1)));
  }

  /**
   * Makes the changes the next record. The caller holds the lock and has caught up.
   *
   * @return the commit; empty where another process was faster, and nothing was changed
   * @throws IOException if the commit was not made
   * @throws CommitStateUnknownException if it may not have been made, or not survive a power cut
   */
  Optional<CommitRecord> append(List<StagedChange> changes) throws IOException {
    Position known = position;
    long sequence = known.sequence + 1;
    long time = Math.max(Times.micros(clock.instant()), index.head().time() + 1);
    RecordCodec.Encoded encoded = RecordCodec.encode(sequence, time, changes);
    try {
      Position made = create(sequence, encoded);
      return made != null && complete(known, made, encoded)
          ? Optional.of(encoded.commit())
          : Optional.empty();
    } finally {
      unacknowledged = null;
    }
  }

  /** A finished record under its name; null where another process was faster. */
  private @Nullable Position create(long sequence, RecordCodec.Encoded encoded) throws IOException {
    Path staged = layout.staged();
    try {
      files.create(staged, encoded.bytes(), new StoreFiles.Traits(null, true, sync));
      Position made = positionAt(sequence, staged);
      unacknowledged = made; // Before it can be seen, lest readers wait until it is synced.
      return link(staged, made) ? made : null;
    } finally {
      discard(staged);
    }
  }

  /**
   * Makes a record durable that has its name, and applies it.
   *
   * @return false where it follows none that is there, and is withdrawn
   */
  private boolean complete(Position known, Position made, RecordCodec.Encoded encoded) {
    try {
      if (!isThere(known)) {
        // The name was free only because others have dropped what stood there long since.
        discard(made.record);
        return false;
      }
      if (sync) {
        files.syncDirectory(layout.log); // The commit point.
      }
      bytes.addAndGet(encoded.size());
      index.apply(encoded.commit());
      position = made;
      return true;
    } catch (IOException | RuntimeException | Error e) {
      throw unknown(made.sequence, e);
    }
  }

  /**
   * Gives a record its name.
   *
   * @return false where another process was faster
   */
  private boolean link(Path staged, Position made) throws IOException {
    try {
      files.link(staged, made.record);
      return true;
    } catch (IOException e) {
      // Where the answer of a file server is lost, the name may be there all the same: link(2).
      boolean canTell = made.identity != null && made.identity.inode() != null;
      if (canTell && isThere(made, e)) {
        return true;
      }
      if (e instanceof FileAlreadyExistsException) {
        return false;
      }
      throw e;
    }
  }

  private boolean isThere(Position made, IOException doubt) {
    try {
      return isThere(made);
    } catch (IOException e) {
      doubt.addSuppressed(e);
      throw unknown(made.sequence, doubt);
    }
  }

  private static CommitStateUnknownException unknown(long sequence, Throwable cause) {
    return new CommitStateUnknownException(
        "Cannot tell whether commit %d is made and durable: %s; read the keys to see whether it is there"
            .formatted(sequence, cause),
        cause);
  }

  /** Best effort: what stays behind is collected as garbage, and nobody trusts it until then. */
  private void discard(Path file) {
    try {
      files.delete(file);
    } catch (IOException | RuntimeException e) {
      // A staged file, which nobody looks at, or a record that follows none that is there.
    }
  }
}
