package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.SalvageReport.Loss;
import io.ml4t.storage.filesystem.StoreFiles.Traits;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.lock.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a log whole again that a store refuses to open, without the commits that cannot be read: a
 * record that changes nothing takes the place of each. What was damaged goes to the quarantine, and
 * so do frames that nothing refers to any more, before they are taken for garbage.
 */
final class Salvager {
  private static final Pattern CHANGE = Pattern.compile("\"(?:put|delete)\":\"([^\"]+)\"");

  private final StoreFiles files;
  private final StoreLayout layout;
  private final List<Loss> losses = new ArrayList<>();
  private final List<String> quarantined = new ArrayList<>();
  private final Set<String> needed = new HashSet<>();

  Salvager(StoreFiles files, StoreLayout layout) {
    this.files = files;
    this.layout = layout;
  }

  SalvageReport run() throws IOException {
    if (!files.exists(layout.format)) {
      throw new StorageException("Cannot salvage store at " + layout.root + ": there is none");
    }
    StoreFolder.check(files, layout);
    try (KeyLocks locks = KeyLocks.file(layout.locks, Runnable::run);
        @Nullable Lease lease =
            locks.tryReserved(Maintenance.CHECKPOINT_SLOT, "salvage").orElse(null)) {
      if (lease == null) {
        throw new StorageException(
            "Cannot salvage store at %s: a process is at work on it; close it everywhere before"
                .formatted(layout.root));
      }
      salvage();
    }
    return new SalvageReport(List.copyOf(losses), List.copyOf(quarantined));
  }

  private void salvage() throws IOException {
    NavigableSet<Long> records = new TreeSet<>();
    files.list(layout.log).forEach(name -> records.add(StoreLayout.sequence(name)));
    records.remove(-1L);
    Index index = start(records);
    long last = records.isEmpty() ? 0 : records.last();
    while (index.head().sequence() < last) {
      index.apply(readOrReplace(index.head()));
    }
    if (!losses.isEmpty()) {
      index.keys().values().forEach(this::need);
      quarantineUnneeded("objects/", layout.objects);
      quarantineUnneeded("packs/", layout.packs);
    }
  }

  /** The newest whole checkpoint, else an empty index that ends before the first record. */
  private Index start(NavigableSet<Long> records) throws IOException {
    @Nullable Index newest = null;
    List<Long> checkpoints = Checkpoints.list(files, layout);
    for (long sequence : checkpoints) {
      try {
        Index index = CheckpointCodec.read(files, layout, sequence);
        index.keys().values().forEach(this::need);
        newest = newest == null ? index : newest;
      } catch (CorruptDataException e) {
        Path checkpoint = layout.file(StoreLayout.checkpoint(sequence));
        files.replace(checkpoint, aside(checkpoint));
      }
    }
    if (newest == null) {
      long beyond = checkpoints.isEmpty() ? 0 : checkpoints.get(0) + 1;
      newest = begin(records.isEmpty() ? beyond : records.first());
    }
    if (!records.contains(newest.head().sequence())) {
      place(newest.head().sequence(), newest.head().time());
    }
    return newest;
  }

  private Index begin(long first) throws IOException {
    if (first == 0) {
      return new Index(Index.Head.NONE, Index.Head.NONE);
    }
    losses.add(new Loss(1, first - 1, "no whole checkpoint stands for them", Set.of()));
    Index.Head head = new Index.Head(first - 1, 0);
    Index.Head horizon = new Index.Head(first, 0);
    replace(
        CheckpointCodec.encode(new CheckpointCodec.Content(head, horizon, new TreeMap<>())),
        layout.file(StoreLayout.checkpoint(first - 1)),
        layout.checkpoints);
    return new Index(head, horizon);
  }

  private CommitRecord readOrReplace(Index.Head head) throws IOException {
    long sequence = head.sequence() + 1;
    try {
      return RecordCodec.read(files, layout, sequence);
    } catch (NoSuchFileException e) {
      losses.add(new Loss(sequence, sequence, "its record is gone", Set.of()));
    } catch (CorruptDataException e) {
      Path record = layout.file(StoreLayout.record(sequence));
      losses.add(new Loss(sequence, sequence, String.valueOf(e.getMessage()), keysIn(record)));
      files.link(record, aside(record));
      files.syncDirectory(layout.quarantine);
    }
    return place(sequence, head.time() + 1);
  }

  /** The keys that the changes in a damaged record still name. */
  private Set<StorageKey> keysIn(Path record) throws IOException {
    ByteBuffer bytes = files.read(record, 0, Integer.MAX_VALUE - 8);
    Matcher changes = CHANGE.matcher(StandardCharsets.ISO_8859_1.decode(bytes));
    Set<StorageKey> keys = new TreeSet<>();
    while (changes.find()) {
      try {
        keys.add(StorageKey.parse(changes.group(1)));
      } catch (InvalidKeyException e) {
        // It is the name that is damaged.
      }
    }
    return keys;
  }

  /** Puts a record that changes nothing in its place in the log. */
  private CommitRecord place(long sequence, long time) throws IOException {
    RecordCodec.Encoded empty = RecordCodec.encode(sequence, time, List.of());
    replace(empty.bytes(), layout.file(StoreLayout.record(sequence)), layout.log);
    return empty.commit();
  }

  private void replace(List<ByteBuffer> content, Path file, Path folder) throws IOException {
    Path staged = layout.staged();
    files.create(staged, content, new Traits(null, true, true));
    files.replace(staged, file);
    files.syncDirectory(folder);
  }

  private void need(KeyHistory history) {
    history.forEachFrame(frame -> needed.add(frame.location().file()));
  }

  private void quarantineUnneeded(String prefix, Path folder) throws IOException {
    for (String name : files.list(folder)) {
      if (!needed.contains(prefix + name)) {
        files.replace(folder.resolve(name), aside(folder.resolve(name)));
      }
    }
  }

  /** The place of a file in the quarantine, noted in the report. */
  private Path aside(Path file) {
    Path aside = layout.aside(file);
    quarantined.add(layout.root.relativize(aside).toString());
    return aside;
  }
}
