package io.ml4t.storage.directory;

import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.Appends;
import io.ml4t.storage.filesystem.PlainFolder;
import io.ml4t.storage.filesystem.StoreFiles;
import io.ml4t.storage.parquet.DecodedFrame;
import io.ml4t.storage.parquet.FrameCodec;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code <asset_class>/<frequency>/<symbol>.parquet}, and a sidecar beside it.
 *
 * <p>Both files of a key get the same time of change, later than any before. A sidecar that is
 * older than its frame is therefore that of a frame before, and the footer of the frame, which
 * holds the metadata too, counts instead. So a reader never pairs the rows of one write with the
 * metadata of another, whatever instant it looks at, the one after a crash included.
 */
final class SymbolFiles implements Layout {
  static final String PARQUET = ".parquet";

  /** Far more often than a key can be replaced under one reader. */
  private static final int MAX_READS = 1_000;

  private final StoreFiles files;
  private final Path root;
  private final PlainFolder folder;
  private final FrameCodec codec;
  private final SidecarStyle style;
  private final Staging staging;

  /** Exclude the writers of a key from each other; a key has the lock that its hash says. */
  private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(64).toList();

  SymbolFiles(StoreFiles files, Path root, FrameCodec codec, SidecarStyle style, Staging staging)
      throws IOException {
    this.files = files;
    this.root = root;
    this.folder = PlainFolder.at(files, root);
    this.codec = codec;
    this.style = style;
    this.staging = staging;
  }

  @Override
  public @Nullable Stamp stamp(StorageKey key) throws IOException {
    folder.checkInside(key);
    return stamp(files.stat(folder.file(key, PARQUET)));
  }

  private static @Nullable Stamp stamp(StoreFiles.@Nullable Stat stat) {
    return stat == null ? null : new Stamp(stat.modified() / 1_000, stat.size());
  }

  @Override
  public long rows(StorageKey key) throws IOException {
    folder.checkInside(key);
    Path plain = folder.file(key, PARQUET);
    try {
      FrameSource file = FrameSource.ofFile(plain);
      return codec.readFooter(new NamedSource(root.relativize(plain).toString(), file)).rows();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public @Nullable DataObject read(StorageKey key, List<String> columns) throws IOException {
    folder.checkInside(key);
    Path plain = folder.file(key, PARQUET);
    for (int tries = 0; tries < MAX_READS; tries++) {
      StoreFiles.Stat before = files.stat(plain);
      if (before == null) {
        return null;
      }
      try {
        DataObject data = read(key, before, plain, columns);
        if (before.equals(files.stat(plain))) {
          return data;
        }
      } catch (NoSuchFileException e) {
        // Deleted since; look again.
      } catch (StorageException e) {
        if (before.equals(files.stat(plain))) {
          throw e;
        }
      }
    }
    throw new StorageException("Cannot read " + key + ": it changes faster than it can be read");
  }

  private DataObject read(StorageKey key, StoreFiles.Stat stat, Path plain, List<String> columns)
      throws IOException {
    ByteBuffer bytes = files.read(plain, 0, Integer.MAX_VALUE - 8);
    String name = root.relativize(plain).toString();
    DecodedFrame decoded = codec.decode(FrameSource.ofBytes(name, bytes), columns);
    return DataObject.ofColumns(decoded.data(), folder.metadata(key, stat, decoded.keyValues()));
  }

  @Override
  public Listing list() throws IOException {
    Map<String, StorageException> unusable = new TreeMap<>();
    Map<StorageKey, StoreFiles.Stat> found =
        folder.scan((file, error) -> unusable.put(root.relativize(file).toString(), error));
    Map<Path, Optional<StorageException>> folders = new HashMap<>();
    TreeSet<StorageKey> keys = new TreeSet<>();
    for (StorageKey key : found.keySet()) {
      Path file = folder.file(key, PARQUET);
      folders
          .computeIfAbsent(folder.folder(key), parent -> outside(key))
          .ifPresentOrElse(
              error -> unusable.put(root.relativize(file).toString(), error), () -> keys.add(key));
    }
    return new Listing(keys, unusable);
  }

  private Optional<StorageException> outside(StorageKey key) {
    try {
      folder.checkInside(key);
      return Optional.empty();
    } catch (PathTraversalException e) {
      return Optional.of(e);
    }
  }

  @Override
  public Stamp put(DataObject data, Condition condition) throws IOException {
    folder.checkInside(data.key());
    List<ByteBuffer> frame = codec.encode(data.data(), PlainFolder.footer(data)).buffers();
    return locked(data.key(), () -> replace(data, frame, condition));
  }

  @Override
  public void append(DataObject data) throws IOException {
    locked(
        data.key(),
        () -> {
          DataObject older = read(data.key(), List.of());
          DataObject all = older == null ? Appends.sorted(data) : Appends.merge(older, data);
          return put(all, version -> {});
        });
  }

  private Stamp replace(DataObject data, List<ByteBuffer> frame, Condition condition)
      throws IOException {
    StorageKey key = data.key();
    Path plain = folder.file(key, PARQUET);
    Stamp old = stamp(files.stat(plain));
    condition.check(Stamp.versionOf(old));
    if (old == null && files.exists(plain)) {
      throw new StorageException("Cannot write " + key + ": " + plain + " is not a regular file");
    }
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long version = old == null ? now : Math.max(now, old.version() + 1);
    ByteBuffer sidecar =
        ByteBuffer.wrap(style.json(data.metadata()).getBytes(StandardCharsets.UTF_8));
    try (Staging.File newFrame = staging.create(frame, version);
        Staging.File newSidecar = staging.create(List.of(sidecar), version)) {
      staging.createFolders(folder.folder(key));
      if (old == null) {
        newFrame.link(plain); // Unlike a rename, it does not replace what another process has made.
      } else {
        newFrame.replace(plain);
      }
      try {
        staging.sync(folder.folder(key));
        newSidecar.replace(folder.file(key, style.extension()));
        for (SidecarStyle other : SidecarStyle.values()) {
          if (!other.extension().equals(style.extension())) {
            files.delete(folder.file(key, other.extension()));
          }
        }
        staging.sync(folder.folder(key));
      } catch (IOException e) {
        throw new CommitStateUnknownException(
            "Cannot write all of " + key + ": its rows are in place, its sidecar is not", e);
      }
    } catch (FileAlreadyExistsException e) {
      return replace(data, frame, condition); // Another process was faster: decide anew.
    }
    return new Stamp(version, frame.stream().mapToLong(ByteBuffer::remaining).sum());
  }

  @Override
  public boolean delete(StorageKey key) throws IOException {
    folder.checkInside(key);
    return locked(
        key,
        () -> {
          Path plain = folder.file(key, PARQUET);
          if (files.stat(plain) == null) {
            return false;
          }
          files.delete(plain);
          for (SidecarStyle any : SidecarStyle.values()) {
            files.delete(folder.file(key, any.extension()));
          }
          staging.sync(folder.folder(key));
          return true;
        });
  }

  private interface Change<T> {
    T make() throws IOException;
  }

  private <T> T locked(StorageKey key, Change<T> change) throws IOException {
    ReentrantLock lock = locks.get(Math.floorMod(key.hashCode(), locks.size()));
    lock.lock();
    try {
      return change.make();
    } finally {
      lock.unlock();
    }
  }
}
