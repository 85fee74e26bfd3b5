package io.ml4t.storage.filesystem;

import io.ml4t.storage.Metadata;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into plain files once a store is open, for a power cut may leave one that was not synced
 * with its name, size and time, but without its bytes. Those it finds are published anew.
 *
 * <p>It need not look into all: each that is found whole, and shows a commit that is old enough, is
 * synced then, and the time of the newest such commit is kept as the time of the file {@link
 * StoreLayout#synced}. The next look begins after it. A plain file that shows an old commit and is
 * made later than that is synced at once, see {@link #isLate}, and named once its sidecar is
 * durable, so none is missed.
 */
final class PlainChecker {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  /** Nobody makes a plain file without a sync so long after its commit. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private final StoreFiles files;
  private final StoreLayout layout;
  private final PlainFolder folder;
  private final CommitLog commits;
  private final FrameStore frames;
  private final Clock clock;
  private final boolean sync;
  private volatile boolean stopped;

  PlainChecker(
      StoreFiles files,
      StoreLayout layout,
      PlainFolder folder,
      CommitLog commits,
      FrameStore frames,
      Clock clock,
      boolean sync) {
    this.files = files;
    this.layout = layout;
    this.folder = folder;
    this.commits = commits;
    this.frames = frames;
    this.clock = clock;
    this.sync = sync;
  }

  /**
   * Whether a plain file that is made now has to be synced, for the check may have been past its
   * commit. Well before that is so, since the process may be slow.
   */
  static boolean isLate(Entry entry, Clock clock) {
    return entry.time() < Times.micros(clock.instant().minus(SETTLED.dividedBy(2)));
  }

  /** Ends the check early; the next store that opens makes it. */
  void stop() {
    stopped = true;
  }

  /** The keys whose plain files have their size and time, but are not what was published. */
  Set<StorageKey> run() throws IOException {
    long settled = Times.micros(clock.instant().minus(SETTLED));
    long synced = synced(settled);
    Set<StorageKey> broken = new TreeSet<>();
    Set<Path> folders = new HashSet<>();
    boolean isComplete = true;
    for (Map.Entry<StorageKey, KeyHistory> one : commits.index().keys().entrySet()) {
      StorageKey key = one.getKey();
      Entry newest = one.getValue().newest();
      Entry.Frame frame = newest.frame();
      if (frame == null || frame.foreignSize() >= 0 || newest.time() <= synced) {
        continue;
      }
      if (stopped) {
        return broken;
      }
      boolean isSettled = newest.time() <= settled;
      try {
        if (!isWhole(key, frame, isSettled && sync)) {
          if (isStillNewest(key, newest)) {
            broken.add(key);
          }
        } else if (isSettled) {
          folders.add(folder.folder(key));
        }
      } catch (IOException | InternalError e) { // The latter where a mapped file is cut short.
        log.debug("Cannot check the plain files of {}: {}", key, e.toString());
        isComplete = false;
      }
    }
    if (isComplete && broken.isEmpty() && !folders.isEmpty()) {
      advance(settled, folders);
    }
    return broken;
  }

  /** Otherwise its plain files were being replaced or deleted while they were looked at. */
  private boolean isStillNewest(StorageKey key, Entry entry) throws IOException {
    Entry now = commits.refresh().newest(key);
    return now != null && now.sequence() == entry.sequence();
  }

  /** Up to which commit time plain files are durable; 0 where that is not known. */
  private long synced(long settled) throws IOException {
    StoreFiles.Stat mark = files.stat(layout.synced);
    long time = mark == null ? 0 : mark.modified() / 1_000;
    return time <= settled ? time : 0; // Not one of ours, or the clock has been put back.
  }

  private void advance(long settled, Set<Path> folders) throws IOException {
    if (sync) {
      for (Path each : folders) {
        files.syncDirectory(each);
      }
    }
    Path staged = layout.staged();
    files.create(staged, List.of(), new StoreFiles.Traits(settled * 1_000, true, sync));
    files.replace(staged, layout.synced);
  }

  /** Where the plain file is none of this frame, that is not for this check to see to. */
  private boolean isWhole(StorageKey key, Entry.Frame frame, boolean mustSync) throws IOException {
    Path plain = folder.file(key, StoreLayout.PARQUET);
    StoreFiles.Stat shown = files.stat(plain);
    if (shown == null || !frame.isShownBy(shown)) {
      return true;
    }
    FrameLocation location = frame.location();
    boolean isLink = location.isObject() && isSame(shown, layout.file(location.file()));
    ByteBuffer bytes =
        location.isObject()
            ? files.map(plain, 0, (int) location.length())
            : files.read(plain, 0, (int) location.length());
    // A link has the bytes of its object, which were synced, and which reading checks.
    if (!isLink && Crc.of(bytes) != location.crc()) {
      StoreFiles.Stat still = files.stat(plain); // It may have been replaced meanwhile.
      return still == null || !frame.isShownBy(still);
    }
    Map<String, String> footer = frames.footer(plain.toString(), bytes);
    Path sidecar = folder.file(key, StoreLayout.JSON);
    if (footer == null || !isSidecar(sidecar, footer.get(FrameStore.METADATA), frame)) {
      return false;
    }
    return !mustSync || ((isLink || isSynced(plain)) && isSynced(sidecar));
  }

  private boolean isSame(StoreFiles.Stat plain, Path object) throws IOException {
    StoreFiles.Stat stat = files.stat(object);
    return stat != null && stat.inode() != null && stat.inode().equals(plain.inode());
  }

  /** One that says something else is left alone where another program wrote it since. */
  private boolean isSidecar(Path file, @Nullable String expected, Entry.Frame frame)
      throws IOException {
    StoreFiles.Stat stat = files.stat(file);
    if (stat == null) {
      return false;
    }
    try {
      String text =
          StandardCharsets.UTF_8.decode(files.read(file, 0, Integer.MAX_VALUE - 8)).toString();
      return text.equals(expected) || (stat.modified() > frame.modified() && isMetadata(text));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isMetadata(String json) {
    try {
      Metadata.parse(json);
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  /**
   * A sync that fails is not tried again on the same file: it may succeed, and have done nothing.
   */
  private boolean isSynced(Path file) {
    try {
      files.sync(file);
      return true;
    } catch (IOException e) {
      log.debug("Cannot sync {}, so it is made anew: {}", file, e.toString());
      return false;
    }
  }
}
