package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.parquet.DecodedFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameFooter;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Immutable frames: encodes and stages new ones, finds and decodes stored ones. The footer of each
 * says whose it is, so that a frame can be understood without the log.
 */
final class FrameStore {
  /** Names of the footer's entries: the key, its metadata as JSON, and {@code Frame.modified}. */
  static final String KEY = "ml4t.key";

  static final String METADATA = "ml4t.metadata";
  static final String MODIFIED = "ml4t.modified";

  private static final String OVERWRITTEN =
      "it was changed in place, as by a program that overwrites plain files with root's rights;"
          + " such a program needs plain-view.mode: copy";

  private final StoreFiles files;
  private final StoreLayout layout;
  private final FrameCodec codec;
  private final Clock clock;
  private final StoreOptions options;
  private final StorageListener listener;
  private final AtomicLong lastModified = new AtomicLong();

  /**
   * As many encode at a time as there are processors: more would be no faster, and each needs
   * buffers.
   */
  private final Semaphore encoders = new Semaphore(Runtime.getRuntime().availableProcessors());

  FrameStore(
      StoreFiles files,
      StoreLayout layout,
      FrameCodec codec,
      Clock clock,
      StoreOptions options,
      StorageListener listener) {
    this.files = files;
    this.layout = layout;
    this.codec = codec;
    this.clock = clock;
    this.options = options;
    this.listener = listener;
  }

  /** Encodes a frame. A large one is an object when this returns, though not yet a durable name. */
  StagedChange stage(DataObject data) throws IOException {
    long modified = nextModified();
    Map<String, String> footer =
        footer(data.key(), data.metadata().toJson(), Long.toString(modified));
    StagedChange change =
        data.data().rowCount() > FrameCodec.ROW_GROUP_ROWS
            ? stageInParts(data, footer, modified)
            : stage(data.key(), encode(data.data(), footer), data.data(), modified, -1);
    listener.frameWritten(data.data().rowCount(), change.frameBytes());
    return change;
  }

  private List<ByteBuffer> encode(DataFrame frame, Map<String, String> footer) {
    encoders.acquireUninterruptibly();
    try {
      return codec.encode(frame, footer).buffers();
    } finally {
      encoders.release();
    }
  }

  /**
   * Encodes into the file, so that the heap need not hold it; whatever its size, it is an object.
   */
  private StagedChange stageInParts(DataObject data, Map<String, String> footer, long modified)
      throws IOException {
    EncodedParts parts =
        new EncodedParts(data.key(), codec.encodeInParts(data.data(), footer), encoders);
    String file = layout.newObject();
    writeObject(file, parts, modified);
    FrameLocation location = new FrameLocation(file, 0, parts.length(), parts.crc());
    return new StagedChange(data.key(), frame(location, data.data(), modified, -1), parts);
  }

  /** Stages a foreign file as it is, but for a footer that says whose it is. */
  StagedChange stageForeign(
      StorageKey key, FrameSource source, DataFrame timestamps, Metadata metadata, long modified)
      throws IOException {
    Map<String, String> footer = footer(key, metadata.toJson(), Long.toString(modified));
    return stage(
        key, codec.withKeyValues(source, footer).buffers(), timestamps, modified, source.length());
  }

  private StagedChange stage(
      StorageKey key, List<ByteBuffer> bytes, DataFrame frame, long modified, long foreignSize)
      throws IOException {
    long length = bytes.stream().mapToLong(ByteBuffer::remaining).sum();
    EncodedParts.check(key, length);
    FrameLocation location = new FrameLocation("", 0, length, Crc.of(bytes));
    return stageAgain(key, frame(location, frame, modified, foreignSize), bytes);
  }

  private static Entry.Frame frame(
      FrameLocation location, DataFrame frame, long modified, long foreignSize) {
    TimestampColumn times = frame.timestamps(DataObject.TIMESTAMP);
    return new Entry.Frame(
        location, frame.rowCount(), times.least(), times.greatest(), modified, foreignSize);
  }

  /** Stages the bytes of a frame, wherever they were stored before. */
  StagedChange stageAgain(StorageKey key, Entry.Frame frame, List<ByteBuffer> bytes)
      throws IOException {
    FrameLocation location = frame.location();
    boolean large = location.length() > options.inlineLimit();
    Entry.Frame placed =
        frame.at(
            new FrameLocation(
                large ? layout.newObject() : "", 0, location.length(), location.crc()));
    if (large) {
      writeObject(placed.location().file(), bytes, placed.modified());
    }
    return new StagedChange(key, placed, bytes);
  }

  private void writeObject(String file, Iterable<ByteBuffer> bytes, long modified)
      throws IOException {
    Path staged = layout.staged();
    try {
      files.create(staged, bytes, new StoreFiles.Traits(modified, true, options.isDurable()));
      files.replace(staged, layout.file(file));
    } catch (IOException | RuntimeException | Error e) {
      files.delete(staged);
      throw e;
    }
  }

  /** Makes the names of new objects durable; their bytes are so already. */
  void syncObjects(Collection<StagedChange> changes) throws IOException {
    if (options.isDurable() && changes.stream().anyMatch(FrameStore::isObject)) {
      files.syncDirectory(layout.objects);
    }
  }

  /**
   * Writes an object again if it was collected as garbage before its commit, as can happen to a
   * process that was stopped for a long time in between.
   */
  void ensureObjects(Collection<StagedChange> changes) {
    for (StagedChange change : changes) {
      Entry.Frame frame = change.frame();
      if (frame != null && isObject(change) && !files.exists(file(frame))) {
        try {
          writeObject(frame.location().file(), change.bytes(), frame.modified());
          syncObjects(List.of(change));
        } catch (IOException e) {
          throw new CommitStateUnknownException(
              "Cannot write " + change.key() + " again after its file was lost", e);
        }
      }
    }
  }

  /** Forgets staged changes that will not be committed. */
  void discard(Collection<StagedChange> changes) {
    for (StagedChange change : changes) {
      if (change.frame() != null && isObject(change)) {
        try {
          files.delete(file(change.frame()));
        } catch (IOException e) {
          // Collected by age.
        }
      }
    }
  }

  private static boolean isObject(StagedChange change) {
    return change.frame() != null && change.frame().location().isObject();
  }

  /**
   * Reads a stored frame.
   *
   * @param columns those to read, empty for all
   * @throws NoSuchFileException if its file has been dropped
   * @throws CorruptDataException if it is not what was written
   */
  DataObject read(StorageKey key, Entry.Frame frame, List<String> columns) throws IOException {
    DecodedFrame decoded = decodeUndisturbed(frame, columns);
    listener.frameRead(frame.rows(), frame.location().length());
    return DataObject.ofColumns(decoded.data(), metadata(key, frame, decoded.keyValues()));
  }

  /** What is known of a key whose newest frame this is. */
  KeyDescription describe(StorageKey key, Entry.Frame frame, List<Version> versions)
      throws IOException {
    FrameFooter footer = codec.readFooter(source(frame));
    return new KeyDescription(footer.columns(), metadata(key, frame, footer.keyValues()), versions);
  }

  /** Bytes that are paged in while they are decoded may be overwritten since they were checked. */
  private DecodedFrame decodeUndisturbed(Entry.Frame frame, List<String> columns)
      throws IOException {
    StoreFiles.Stat before = isMapped(frame) ? files.stat(file(frame)) : null;
    DecodedFrame decoded;
    try {
      decoded = codec.decode(source(frame), columns);
    } catch (InternalError e) {
      throw overwritten(frame, e); // So the JVM says that a mapped file has been cut short.
    }
    StoreFiles.Stat after = before == null ? null : files.stat(file(frame));
    if (after != null && !after.isSame(before)) {
      throw overwritten(frame, null);
    }
    return decoded;
  }

  private boolean isMapped(Entry.Frame frame) {
    return frame.location().length() > options.inlineLimit();
  }

  private static CorruptDataException overwritten(
      Entry.Frame frame, @Nullable InternalError cause) {
    return new CorruptDataException(frame.location().file(), OVERWRITTEN, cause);
  }

  /** The metadata of a stored frame. */
  Metadata metadata(StorageKey key, Entry.Frame frame) throws IOException {
    return metadata(key, frame, codec.readFooter(source(frame)).keyValues());
  }

  private static Metadata metadata(
      StorageKey key, Entry.Frame frame, Map<String, String> keyValues) {
    String json = keyValues.get(METADATA);
    if (json == null || !key.toString().equals(keyValues.get(KEY))) {
      throw new CorruptDataException(
          frame.location().file(), "the frame in it is not that of " + key);
    }
    try {
      return Metadata.parse(json);
    } catch (StorageException e) {
      throw new CorruptDataException(frame.location().file(), "the metadata in it is wrong", e);
    }
  }

  /** The checked bytes of a stored frame. */
  FrameSource source(Entry.Frame frame) throws IOException {
    FrameLocation location = frame.location();
    Path file = file(frame);
    int length = (int) location.length();
    ByteBuffer bytes =
        isMapped(frame)
            ? files.map(file, location.offset(), length)
            : files.read(file, location.offset(), length);
    if (bytes.remaining() != length || crc(frame, bytes) != location.crc()) {
      String wrong = "the checksum of the %d bytes at %d is wrong";
      StoreFiles.Stat stat = location.isObject() ? files.stat(file) : null;
      boolean isOurs = stat == null || stat.modified() == frame.modified();
      throw new CorruptDataException(
          location.file(),
          wrong.formatted(length, location.offset()) + (isOurs ? "" : ": " + OVERWRITTEN));
    }
    return FrameSource.ofBytes(location.file(), bytes);
  }

  private static int crc(Entry.Frame frame, ByteBuffer bytes) {
    try {
      return Crc.of(bytes);
    } catch (InternalError e) {
      throw overwritten(frame, e);
    }
  }

  /**
   * What the footer of a plain file says of it.
   *
   * @return null where the file is not, or not yet, a whole Parquet file
   */
  @Nullable Map<String, String> footer(String name, ByteBuffer bytes) {
    try {
      return codec.readFooter(FrameSource.ofBytes(name, bytes)).keyValues();
    } catch (CorruptDataException e) {
      return null;
    }
  }

  /** The timestamps of a foreign file, which says how many rows there are and their range. */
  DataObject decode(FrameSource source, Metadata metadata) {
    return new DataObject(codec.decode(source).data(), metadata);
  }

  private Path file(Entry.Frame frame) {
    return layout.file(frame.location().file());
  }

  private static Map<String, String> footer(StorageKey key, String json, String modified) {
    return Map.of(KEY, key.toString(), METADATA, json, MODIFIED, modified);
  }

  /** Marks the plain files of this process: later than any before, in whole microseconds. */
  private long nextModified() {
    long now = Times.micros(clock.instant());
    return 1_000 * lastModified.updateAndGet(last -> Math.max(last + 1, now));
  }
}
