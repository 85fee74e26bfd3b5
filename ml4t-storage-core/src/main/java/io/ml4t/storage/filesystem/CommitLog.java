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
  /** The newest record that this process knows, and the two names it has to look at. */
  private record Position(long sequence, Path record, Path next) {}

  private final StoreFiles files;
  private final StoreLayout layout;
  private final Clock clock;
  private final boolean sync;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Index index;
  private volatile Position position;

  private final AtomicLong bytes = new AtomicLong();

  /** The record that this process is about to finish: there already, but not acknowledged. */
  private volatile long unacknowledged = -1;

  /** Opens the log of a store, and reads it to its end. */
  CommitLog(StoreFiles files, StoreLayout layout, Clock clock, boolean sync) throws IOException {
    this.files = files;
    this.layout = layout;
    this.clock = clock;
    this.sync = sync;
    this.index = Checkpoints.loadNewest(files, layout);
    this.position = positionAt(index.head().sequence());
    locked(this::catchUp);
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
        files.exists(known.next)
            ? known.sequence + 1 == unacknowledged
            : files.exists(known.record);
    return isNewest ? index : locked(this::catchUp);
  }

  /** Applies all records that this process does not know yet. The caller holds the lock. */
  Index catchUp() throws IOException {
    return replay(index);
  }

  /** Begins again from the newest checkpoint, since frames are not where the index says. */
  void reload() throws IOException {
    locked(() -> replay(Checkpoints.loadNewest(files, layout)));
  }

  /** Brings an index up to the newest commit, and makes it the one that readers use. */
  private Index replay(Index start) throws IOException {
    Index target = start;
    while (true) {
      Position known = positionAt(target.head().sequence());
      Optional<CommitRecord> next = readNext(known);
      if (!files.exists(known.record)) {
        // Others have dropped records beyond this one, so what follows it is not to be trusted.
        target = loadBeyond(known);
      } else if (next.isPresent()) {
        target.apply(next.get());
        if (target == index) {
          position = positionAt(next.get().sequence());
        }
      } else {
        index = target;
        position = known;
        return target;
      }
    }
  }

  private Optional<CommitRecord> readNext(Position known) throws IOException {
    if (!files.exists(known.next)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordCodec.read(files, layout, known.sequence + 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Index loadBeyond(Position known) throws IOException {
    Index fresh = Checkpoints.loadNewest(files, layout);
    if (fresh.head().sequence() <= known.sequence) {
      throw new CorruptDataException(
          StoreLayout.record(known.sequence), "it is gone, and no checkpoint stands for it");
    }
    return fresh;
  }

  private Position positionAt(long sequence) {
    return new Position(
        sequence,
        layout.file(StoreLayout.record(sequence)),
        layout.file(StoreLayout.record(sequence + 1)));
  }

  /**
   * Makes the changes the next record. The caller holds the lock and has caught up.
   *
   * @return the commit; empty where another process was faster, and nothing was changed
   * @throws IOException if the commit was not made
   * @throws CommitStateUnknownException if it may not survive a power cut
   */
  Optional<CommitRecord> append(List<StagedChange> changes) throws IOException {
    Position known = position;
    long sequence = known.sequence + 1;
    long time = Math.max(Times.micros(clock.instant()), index.head().time() + 1);
    RecordCodec.Encoded encoded = RecordCodec.encode(sequence, time, changes);
    Path staged = layout.staged();
    try {
      files.create(staged, encoded.bytes(), new StoreFiles.Traits(null, true, sync));
      if (!link(staged, known)) {
        return Optional.empty();
      }
    } finally {
      discard(staged);
    }
    unacknowledged = sequence;
    try {
      if (sync) {
        files.syncDirectory(layout.log); // The commit point.
      }
      bytes.addAndGet(encoded.size());
      index.apply(encoded.commit());
      position = positionAt(sequence);
    } catch (IOException e) {
      throw new CommitStateUnknownException(
          "Cannot tell whether commit %d is durable: its folder could not be synced; read the keys to see whether it is there"
              .formatted(sequence),
          e);
    } finally {
      unacknowledged = -1;
    }
    return Optional.of(encoded.commit());
  }

  private boolean link(Path staged, Position known) throws IOException {
    try {
      files.link(staged, known.next);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    if (!files.exists(known.record)) {
      // The name was free only because others have dropped what stood there long since.
      files.delete(known.next);
      return false;
    }
    return true;
  }

  /** Best effort: what stays behind in the staging folder is collected by age. */
  private void discard(Path staged) {
    try {
      files.delete(staged);
    } catch (IOException e) {
      // It has a second name that matters, or none that anybody will look at.
    }
  }
}
