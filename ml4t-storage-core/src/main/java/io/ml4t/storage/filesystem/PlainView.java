package io.ml4t.storage.filesystem;

import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.StoreFiles.Traits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet and JSON files that other programs read. Each is replaced by rename, so that a reader
 * finds one version or the other, never a part. They are not synced when they follow their commit:
 * after a crash the log makes them anew, see {@link PlainChecker}.
 *
 * <p>A plain file whose time of change and size are those of a frame shows that frame; any other
 * was written by somebody else.
 */
final class PlainView {
  private final StoreFiles files;
  private final StoreLayout layout;
  private final FrameStore frames;
  private final PlainFolder folder;
  private final Clock clock;
  private final StoreOptions options;
  private final Object names = new Object();

  /** What is published, where it is in memory already. */
  record Content(Iterable<ByteBuffer> parquet, String json) {}

  PlainView(
      StoreFiles files,
      StoreLayout layout,
      PlainFolder folder,
      FrameStore frames,
      Clock clock,
      StoreOptions options) {
    this.folder = folder;
    this.files = files;
    this.layout = layout;
    this.frames = frames;
    this.clock = clock;
    this.options = options;
  }

  boolean isOff() {
    return options.plainView() == PlainViewMode.OFF;
  }

  /**
   * Refuses a key whose plain files would be outside the data root.
   *
   * @throws PathTraversalException if a symbolic link leads there
   */
  void checkInside(StorageKey key) {
    if (!isOff()) {
      folder.checkInside(key);
    }
  }

  /** The plain Parquet file of a key, null where there is none. */
  StoreFiles.@Nullable Stat stat(StorageKey key) throws IOException {
    return isOff() ? null : files.stat(folder.file(key, StoreLayout.PARQUET));
  }

  /**
   * Shows a version. The caller holds the key's lock, and the version is the key's newest.
   *
   * @param content the frame and its metadata, null to read them from the store
   */
  void publish(StorageKey key, Entry entry, @Nullable Content content) throws IOException {
    if (isOff()) {
      return;
    }
    checkInside(key);
    if (folder.ignoresCase()) {
      // Two new keys that differ in case only must not both find that the name is free.
      synchronized (names) {
        show(key, entry, content);
      }
    } else {
      show(key, entry, content);
    }
  }

  private void show(StorageKey key, Entry entry, @Nullable Content content) throws IOException {
    Entry.Frame frame = entry.frame();
    if (frame == null) {
      // The frame last: as long as it is there, the deletion is known to be unfinished.
      files.delete(folder.file(key, StoreLayout.JSON));
      files.delete(folder.file(key, StoreLayout.MANIFEST));
      files.delete(folder.file(key, StoreLayout.PARQUET));
      return;
    }
    String json = content == null ? frames.metadata(key, frame).toJson() : content.json;
    byte[] sidecar = json.getBytes(StandardCharsets.UTF_8);
    boolean sync = options.isDurable() && PlainChecker.isLate(entry, clock);
    // The sidecar first: a program that sees a new key's frame finds its metadata too.
    Traits told = new Traits(null, false, sync);
    Maker maker = staged -> files.create(staged, List.of(ByteBuffer.wrap(sidecar)), told);
    if (sync || !isSidecar(folder.file(key, StoreLayout.JSON), sidecar)) {
      replace(key, StoreLayout.JSON, maker);
    }
    if (files.exists(folder.file(key, StoreLayout.MANIFEST))) {
      replace(key, StoreLayout.MANIFEST, maker); // For the program that put one there.
    }
    if (sync) {
      // Nobody will look into the sidecar again where the frame's new name is there.
      files.syncDirectory(folder.folder(key));
    }
    if (frame.location().isObject() && options.plainView() == PlainViewMode.LINK) {
      Path object = layout.file(frame.location().file());
      replace(key, StoreLayout.PARQUET, staged -> files.link(object, staged));
    } else {
      // An object is in the page cache; to encode it once more would take longer.
      Iterable<ByteBuffer> bytes =
          content == null || frame.location().isObject()
              ? List.of(frames.source(frame).read(0, (int) frame.location().length()))
              : content.parquet;
      Traits traits = new Traits(frame.modified(), false, sync);
      replace(key, StoreLayout.PARQUET, staged -> files.create(staged, bytes, traits));
    }
  }

  /**
   * Whether the file says just that: to look is a good deal cheaper than to replace it, and
   * metadata seldom changes.
   */
  private boolean isSidecar(Path file, byte[] sidecar) {
    try {
      StoreFiles.Stat stat = files.stat(file);
      return stat != null
          && stat.size() == sidecar.length
          && ByteBuffer.wrap(sidecar).equals(files.read(file, 0, sidecar.length + 1));
    } catch (IOException e) {
      return false; // To replace it is the way out, or fails with what there is to say.
    }
  }

  private interface Maker {
    void make(Path staged) throws IOException;
  }

  private void replace(StorageKey key, String extension, Maker maker) throws IOException {
    Path staged = layout.staged();
    Path plain = folder.file(key, extension);
    try {
      maker.make(staged);
      try {
        files.replace(staged, plain);
      } catch (NoSuchFileException e) {
        files.createDirectories(folder.folder(key));
        files.replace(staged, plain);
      }
    } finally {
      // Still there after an error, or where both names were the same file already.
      files.delete(staged);
    }
  }
}
