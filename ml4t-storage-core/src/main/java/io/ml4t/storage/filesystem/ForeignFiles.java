package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Plain files that another program wrote. Each is adopted as a version of its own, once it is
 * whole. The file itself is left as it is.
 */
final class ForeignFiles {
  /**
   * Times of change are as coarse as the system's clock ticks. A file that was changed longer ago
   * than this cannot change again and keep its time. In nanoseconds, as the others.
   */
  private static final long CLOCK_TICK = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long a program may take from the frame to its sidecar. */
  private static final long SIDECAR_FOLLOWS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(1);

  private final StoreFiles files;
  private final StoreLayout layout;
  private final PlainFolder folder;
  private final FrameStore frames;

  /**
   * Files that were looked into and found to be ours, or not whole; they are not looked into again.
   */
  private final Map<StorageKey, StoreFiles.Stat> settled = new ConcurrentHashMap<>();

  ForeignFiles(StoreFiles files, StoreLayout layout, PlainFolder folder, FrameStore frames) {
    this.folder = folder;
    this.files = files;
    this.layout = layout;
    this.frames = frames;
  }

  /** Whether the plain file may be somebody else's. Cheap; {@link #examine} decides. */
  boolean isSuspect(StorageKey key, @Nullable KeyHistory history, StoreFiles.Stat plain) {
    return !shows(history, plain) && !plain.equals(settled.get(key));
  }

  private static boolean shows(@Nullable KeyHistory history, StoreFiles.Stat plain) {
    return history != null && history.anyFrame(frame -> frame.isShownBy(plain));
  }

  /**
   * Looks into a plain file. The caller holds the key's lock. Waits a moment where the file has
   * only just been changed.
   *
   * @return the change that adopts it; null where it is the store's own, or not whole yet
   * @throws CorruptDataException if it is not whole, and the store knows no version of the key
   * @throws InvalidDataException if it is whole, but no frame that the store can hold
   */
  @Nullable StagedChange examine(StorageKey key, @Nullable KeyHistory history) throws IOException {
    Path plain = folder.file(key, StoreLayout.PARQUET);
    StoreFiles.Stat found = files.stat(plain);
    if (found == null || !isSuspect(key, history, found)) {
      return null;
    }
    folder.checkInside(key);
    StoreFiles.Stat before = settle(key, plain, found);
    if (before == null || !isSuspect(key, history, before)) {
      return null;
    }
    EncodedParts.check(key, before.size());
    ByteBuffer bytes = files.read(plain, 0, (int) before.size());
    Map<String, String> footer = frames.footer(plain.getFileName().toString(), bytes);
    if (!before.isSame(files.stat(plain))) {
      return null; // It is being written right now; the next look finds it settled.
    }
    if (footer == null) {
      if (history == null) {
        throw new CorruptDataException(
            layout.root.relativize(plain).toString(), "it is not a whole Parquet file");
      }
      settled.put(key, before);
      return null;
    }
    if ((folder.ignoresCase() && isTwin(key, footer))
        || (history != null && isPublished(before, footer, history.newest()))) {
      settled.put(key, before);
      return null;
    }
    FrameSource source = FrameSource.ofBytes(plain.getFileName().toString(), bytes);
    Metadata metadata = metadata(key, before, footer, history != null);
    if (metadata == null) {
      return null;
    }
    return frames.stageForeign(
        key, source, frames.decode(source, metadata).data(), metadata, before.modified());
  }

  /**
   * Waits until a change of the file could not go unseen, and until its sidecar has had time to
   * follow.
   *
   * @return null where the file is gone, or goes on changing
   */
  private StoreFiles.@Nullable Stat settle(StorageKey key, Path plain, StoreFiles.Stat found)
      throws IOException {
    StoreFiles.Stat stat = found;
    for (long waited = 0; stat != null && waited < MAX_WAIT; waited += WAIT) {
      long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - stat.modified();
      // This clock may be a tick behind the file's; a file from well ahead of it is as it is.
      if (age < -CLOCK_TICK || age > (isFollowed(key, stat) ? CLOCK_TICK : SIDECAR_FOLLOWS)) {
        return stat;
      }
      LockSupport.parkNanos(WAIT);
      stat = files.stat(plain);
    }
    return null;
  }

  /** One of the same tick may still be that of the frame before. */
  private boolean isFollowed(StorageKey key, StoreFiles.Stat plain) throws IOException {
    PlainFolder.Sidecar sidecar = folder.sidecar(key);
    return sidecar != null && sidecar.modified() > plain.modified();
  }

  /**
   * Whether the store itself published the file: a version that has been dropped since. One that
   * was made after the newest commit is not: its commit was lost in a power cut, as can happen to a
   * store with relaxed durability, and the file is all that is left of it.
   */
  private static boolean isPublished(
      StoreFiles.Stat plain, Map<String, String> footer, Entry newest) {
    return Long.toString(plain.modified()).equals(footer.get(FrameStore.MODIFIED))
        && plain.modified() / 1_000 <= newest.time();
  }

  /** Whether the file is that of a key which differs from this one in the case of letters only. */
  private static boolean isTwin(StorageKey key, Map<String, String> footer) {
    String owner = footer.get(FrameStore.KEY);
    return owner != null && !owner.equals(key.toString()) && owner.equalsIgnoreCase(key.toString());
  }

  /** Lets a plain file be replaced, for it cannot be adopted; false where it is gone. */
  boolean giveUp(StorageKey key) throws IOException {
    StoreFiles.Stat plain = files.stat(folder.file(key, StoreLayout.PARQUET));
    if (plain != null) {
      settled.put(key, plain);
    }
    return plain != null;
  }

  /** Forgets what was found out about a plain file, since it is about to be replaced. */
  void forget(StorageKey key) {
    settled.remove(key);
  }

  /** Null where the sidecar is not whole yet, and there is an older version to show meanwhile. */
  private @Nullable Metadata metadata(
      StorageKey key, StoreFiles.Stat plain, Map<String, String> footer, boolean mayWait)
      throws IOException {
    try {
      return folder.metadata(key, plain, footer);
    } catch (InvalidDataException e) {
      if (mayWait) {
        return null;
      }
      throw e;
    }
  }
}
