package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads frames as of a commit. Takes no lock. */
final class Reader {
  /**
   * How often a frame may be missing in the same place: checkpoints of several processes may follow
   * each other so fast that what one says is out of date when it has been read.
   */
  private static final int MAX_MISSES = 5;

  private final CommitLog log;
  private final FrameStore frames;
  private final FrameCache cache;

  Reader(CommitLog log, FrameStore frames, FrameCache cache) {
    this.log = log;
    this.frames = frames;
    this.cache = cache;
  }

  /**
   * Reads a frame as of a commit.
   *
   * @throws KeyNotFoundException if the key did not exist then
   * @throws io.ml4t.storage.VersionExpiredException if the version has been dropped
   */
  DataObject read(StorageKey key, long sequence, ReadOptions options) throws IOException {
    return use(key, sequence, frame -> options.part(read(key, frame, options.neededColumns())));
  }

  /** Something done with a stored frame. */
  interface Use<T> {
    /**
     * Does it.
     *
     * @throws NoSuchFileException if the frame is not where it was; then it is found anew
     */
    T of(Entry.Frame frame) throws IOException;
  }

  /**
   * Does something with a frame as of a commit, wherever checkpoints move it meanwhile.
   *
   * @throws KeyNotFoundException if the key did not exist then
   * @throws io.ml4t.storage.VersionExpiredException if the version has been dropped
   */
  <T> T use(StorageKey key, long sequence, Use<T> use) throws IOException {
    @Nullable FrameLocation missing = null;
    int misses = 0;
    while (true) {
      Entry entry = log.index().at(key, sequence);
      if (entry == null || entry.frame() == null) {
        throw new KeyNotFoundException("read", key);
      }
      try {
        return use.of(entry.frame());
      } catch (NoSuchFileException e) {
        // A checkpoint has moved the frame or dropped it; that of another process is news to us.
        FrameLocation location = entry.frame().location();
        misses = location.equals(missing) ? misses + 1 : 1;
        if (misses > MAX_MISSES) {
          throw new CorruptDataException(location.file(), "the file of " + key + " is gone", e);
        }
        missing = location;
        log.reload();
      }
    }
  }

  /** Reads whole frames as of a commit, in the order of the keys. */
  List<DataObject> readAll(List<StorageKey> keys, long sequence) throws IOException {
    List<DataObject> read = new ArrayList<>(keys.size());
    for (StorageKey key : keys) {
      read.add(read(key, sequence, ReadOptions.defaults()));
    }
    return List.copyOf(read);
  }

  private DataObject read(StorageKey key, Entry.Frame frame, List<String> columns)
      throws IOException {
    DataObject kept = cache.get(frame.location());
    if (kept != null && columns.stream().allMatch(kept.data()::hasColumn)) {
      return columns.isEmpty()
          ? kept
          : DataObject.ofColumns(kept.data().select(columns), kept.metadata());
    }
    DataObject read;
    try {
      read = frames.read(key, frame, columns);
    } catch (InvalidDataException e) {
      // It names the file, which several keys may share.
      throw new InvalidDataException("Cannot read " + key + ": " + e.getMessage(), e);
    }
    if (columns.isEmpty()) {
      cache.put(frame.location(), read);
    }
    return read;
  }
}
