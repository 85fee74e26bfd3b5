package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes checkpoints: writes the whole index down, gathers small frames from records into a pack,
 * and then drops what neither this checkpoint nor the one before it needs. The one before stays
 * valid with its records until then, so a failure at any point loses nothing.
 *
 * <p>The caller sees to it that only one process does this at a time.
 */
final class Checkpointer {
  /** A pack is written anew when less than this part of it is still needed. */
  private static final double MIN_LIVE = 0.5;

  private final StoreFiles files;
  private final StoreLayout layout;
  private final PlainFolder folder;
  private final CommitLog log;
  private final Clock clock;
  private final StoreOptions options;
  private final Tags tags;
  private final Garbage garbage;

  /** The newest checkpoint that this process has made, null where it has made none. */
  private StoreFiles.@Nullable Stat own;

  Checkpointer(
      StoreFiles files,
      StoreLayout layout,
      PlainFolder folder,
      CommitLog log,
      Tags tags,
      Clock clock,
      StoreOptions options) {
    this.tags = tags;
    this.garbage = new Garbage(files, layout, log, clock, options.minVersionAge());
    this.files = files;
    this.layout = layout;
    this.folder = folder;
    this.log = log;
    this.clock = clock;
    this.options = options;
  }

  /**
   * Makes a checkpoint of the newest commit, unless there is one. What the one before needs stays:
   * if the new one should be damaged, the store opens from that and the records since.
   */
  void run() throws IOException {
    long newest = newest();
    Index index = current();
    if (newest < index.head().sequence()) {
      garbage.collect(newest, write(index, index.head()));
    }
  }

  /** The newest checkpoint, whoever made it; 0 where there is none. */
  long newest() throws IOException {
    return Checkpoints.newest(files, layout);
  }

  /** Makes a checkpoint of the newest commit, and keeps nothing else. */
  void vacuum() throws IOException {
    Index index = current();
    CheckpointCodec.Content made = write(index, index.head());
    garbage.collect(made.head().sequence(), made);
  }

  /**
   * The index as of now. Where another process has made the newest checkpoint, it may have moved
   * frames; they have to be found where they are now, not where this process last saw them.
   */
  private Index current() throws IOException {
    Index index = log.locked(log::catchUp);
    long newest = newest();
    if (newest == 0 || stat(newest).equals(Optional.ofNullable(own))) {
      return index;
    }
    Index made = Checkpoints.loadNewest(files, layout);
    return log.locked(
        () -> install(log.index(), made.head().sequence(), made.horizon(), made.keys()));
  }

  private Optional<StoreFiles.Stat> stat(long checkpoint) throws IOException {
    return Optional.ofNullable(files.stat(layout.file(StoreLayout.checkpoint(checkpoint))));
  }

  private CheckpointCodec.Content write(Index index, Index.Head head) throws IOException {
    sync(layout.log); // Another process may not have synced its newest record, or been unable to.
    CheckpointCodec.Content content = gather(keep(index, head));
    place(CheckpointCodec.encode(content), StoreLayout.checkpoint(head.sequence()));
    sync(layout.checkpoints);
    own = stat(head.sequence()).orElse(null);
    log.locked(() -> install(log.index(), head.sequence(), content.horizon(), content.keys()));
    return content;
  }

  /** The index as of the head, without the versions that need not be kept. */
  private CheckpointCodec.Content keep(Index index, Index.Head head) throws IOException {
    Retention retention =
        new Retention(
            options.keepVersions(),
            Times.micros(clock.instant().minus(options.minVersionAge())),
            tags.sequences());
    Index.Head horizon = index.horizon();
    Set<Path> folders = new HashSet<>();
    SortedMap<StorageKey, KeyHistory> kept = new TreeMap<>();
    for (Map.Entry<StorageKey, KeyHistory> key : index.keys().entrySet()) {
      KeyHistory history = key.getValue().until(head.sequence());
      if (history == null) {
        continue;
      }
      if (retention.isForgotten(history) && !isShown(key.getKey())) {
        horizon = horizon.max(history.newest());
        folders.add(folder.folder(key.getKey()));
      } else {
        kept.put(key.getKey(), retention.keep(history));
      }
    }
    for (Path folder : folders) {
      if (files.exists(folder)) {
        sync(folder);
      }
    }
    return new CheckpointCodec.Content(head, horizon, kept);
  }

  /**
   * Whether the key has a plain file, which would bring it back once its deletion is forgotten: the
   * process that deleted the key may have died before it deleted the file.
   */
  private boolean isShown(StorageKey key) throws IOException {
    return files.stat(folder.file(key, StoreLayout.PARQUET)) != null;
  }

  /**
   * Copies small frames out of records, and out of packs that are mostly garbage, into one pack.
   * The checksums go along, so that a broken frame stays known as such, and keeps nothing else
   * back.
   */
  private CheckpointCodec.Content gather(CheckpointCodec.Content content) throws IOException {
    Set<String> sparse = sparsePacks(content);
    Set<FrameLocation> sources = new HashSet<>();
    content.forEachFrame(
        frame -> {
          if (frame.location().isRecord() || sparse.contains(frame.location().file())) {
            sources.add(frame.location());
          }
        });
    if (sources.isEmpty()) {
      return content;
    }
    String file = layout.newPack(content.head().sequence());
    Pack pack = new Pack(file, sources);
    try {
      place(() -> pack.pieces().stream().map(this::copy).iterator(), file);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    sync(layout.packs);
    SortedMap<StorageKey, KeyHistory> moved = new TreeMap<>();
    content.keys().forEach((key, history) -> moved.put(key, pack.moved(history)));
    return new CheckpointCodec.Content(content.head(), content.horizon(), moved);
  }

  /** Writes a file whole before it gets its name; leaves nothing behind where that fails. */
  private void place(Iterable<ByteBuffer> content, String file) throws IOException {
    Path staged = layout.staged();
    boolean isPlaced = false;
    try {
      files.create(staged, content, new StoreFiles.Traits(null, true, options.isDurable()));
      files.replace(staged, layout.file(file));
      isPlaced = true;
    } finally {
      if (!isPlaced) {
        files.delete(staged);
      }
    }
  }

  private ByteBuffer copy(Pack.Piece piece) {
    try {
      ByteBuffer bytes = files.read(layout.file(piece.file()), piece.offset(), piece.length());
      // A frame that has lost its end stays known as broken, at its full length.
      return bytes.remaining() == piece.length()
          ? bytes
          : ByteBuffer.allocate(piece.length()).put(bytes).rewind();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs of which less than {@link #MIN_LIVE} is still needed. */
  private Set<String> sparsePacks(CheckpointCodec.Content content) throws IOException {
    Map<String, Long> live = new HashMap<>();
    content.forEachFrame(
        frame -> live.merge(frame.location().file(), frame.location().length(), Long::sum));
    Set<String> sparse = new HashSet<>();
    for (String name : files.list(layout.packs)) {
      StoreFiles.Stat pack = files.stat(layout.packs.resolve(name));
      if (pack != null && live.getOrDefault("packs/" + name, 0L) < MIN_LIVE * pack.size()) {
        sparse.add("packs/" + name);
      }
    }
    return sparse;
  }

  /**
   * Lets readers find the frames where the checkpoint of a commit says that they are now, and drops
   * what it has dropped. The horizon rises first: a reader that misses what a key has lost then
   * knows that it may have been there.
   */
  private static Index install(
      Index index, long sequence, Index.Head horizon, Map<StorageKey, KeyHistory> made) {
    index.raise(horizon);
    for (Map.Entry<StorageKey, KeyHistory> key : index.keys().entrySet()) {
      KeyHistory now = key.getValue();
      KeyHistory kept = made.get(key.getKey());
      if (kept != null) {
        index.load(key.getKey(), kept.withLater(now, sequence));
      } else {
        forget(index, key.getKey(), now, sequence);
      }
    }
    return index;
  }

  /** Forgets what a key was up to a commit; it may have been written again since. */
  private static void forget(Index index, StorageKey key, KeyHistory now, long sequence) {
    KeyHistory later = now.after(sequence);
    if (later == null) {
      index.forget(key, now.newest());
    } else if (later.size() < now.size()) {
      index.load(key, later);
    }
  }

  private void sync(Path folder) throws IOException {
    if (options.isDurable()) {
      files.syncDirectory(folder);
    }
  }
}
