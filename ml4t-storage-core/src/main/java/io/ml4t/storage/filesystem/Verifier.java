package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.VerificationReport.Problem;
import io.ml4t.storage.VerificationReport.Remedy;
import io.ml4t.storage.VersionExpiredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads everything that a store keeps, and holds it against each other. Not thread-safe. */
final class Verifier {
  private final StoreFiles files;
  private final StoreLayout layout;
  private final PlainFolder folder;
  private final CommitLog log;
  private final FrameStore frames;
  private final Reader reader;
  private final Tags tags;
  private final boolean hasPlainView;

  private final List<Problem> problems = new ArrayList<>();
  private long versions;
  private long bytes;

  Verifier(
      StoreFiles files,
      StoreLayout layout,
      PlainFolder folder,
      CommitLog log,
      FrameStore frames,
      Reader reader,
      Tags tags,
      boolean hasPlainView) {
    this.tags = tags;
    this.files = files;
    this.layout = layout;
    this.folder = folder;
    this.log = log;
    this.frames = frames;
    this.reader = reader;
    this.hasPlainView = hasPlainView;
  }

  VerificationReport run() throws IOException {
    Index index = log.refresh();
    verifyCheckpoints();
    verifyRecords(index.head().sequence());
    verifyTags();
    for (Map.Entry<StorageKey, KeyHistory> key : index.keys().entrySet()) {
      for (Entry entry : key.getValue().entries()) {
        if (entry.frame() != null) {
          verifyFrame(key.getKey(), entry.sequence(), entry.frame());
        }
      }
      if (hasPlainView) {
        verifyPlain(key.getKey(), key.getValue().newest());
      }
    }
    return new VerificationReport(index.size(), versions, bytes, List.copyOf(problems));
  }

  private void verifyCheckpoints() throws IOException {
    for (long sequence : Checkpoints.list(files, layout)) {
      try {
        CheckpointCodec.read(files, layout, sequence);
      } catch (NoSuchFileException e) {
        // Replaced by a newer one meanwhile.
      } catch (CorruptDataException e) {
        add(e, null, Remedy.QUARANTINE);
      }
    }
  }

  private void verifyRecords(long head) throws IOException {
    long newest = Checkpoints.newest(files, layout);
    for (long sequence = newest + 1; sequence <= head; sequence++) {
      String name = StoreLayout.record(sequence);
      if (!files.exists(layout.file(name)) && newest == Checkpoints.newest(files, layout)) {
        problems.add(
            new Problem(StoreLayout.INTERNAL + "/" + name, null, "it is gone", Remedy.QUARANTINE));
      }
    }
    for (String name : files.list(layout.log)) {
      long sequence = StoreLayout.sequence(name);
      if (sequence < 1 || sequence > head) {
        continue;
      }
      try {
        RecordCodec.read(files, layout, sequence);
      } catch (NoSuchFileException e) {
        // Dropped meanwhile.
      } catch (CorruptDataException e) {
        add(e, null, Remedy.QUARANTINE);
      }
    }
  }

  private void verifyTags() throws IOException {
    for (String file : files.list(layout.tags)) {
      try {
        tags.read(file);
      } catch (NoSuchFileException e) {
        // Removed meanwhile.
      } catch (CorruptDataException e) {
        add(e, null, Remedy.QUARANTINE);
      }
    }
  }

  private void verifyFrame(StorageKey key, long sequence, Entry.Frame frame) throws IOException {
    try {
      reader.use(key, sequence, now -> frames.read(key, now, List.of()));
      versions++;
      bytes += frame.location().length();
    } catch (CorruptDataException e) {
      add(e, key, isIntact(key, frame) ? Remedy.RESTORE : Remedy.QUARANTINE);
    } catch (KeyNotFoundException | VersionExpiredException e) {
      // Dropped meanwhile.
    }
  }

  /** Whether the plain file still has the bytes of the frame. */
  private boolean isIntact(StorageKey key, Entry.Frame frame) throws IOException {
    ByteBuffer plain = plain(key, StoreLayout.PARQUET);
    return plain != null
        && plain.remaining() == frame.location().length()
        && Crc.of(plain) == frame.location().crc();
  }

  private void verifyPlain(StorageKey key, Entry newest) throws IOException {
    Entry.Frame frame = newest.frame();
    Path plain = folder.file(key, StoreLayout.PARQUET);
    String file = layout.root.relativize(plain).toString();
    StoreFiles.Stat stat = files.stat(plain);
    if (frame == null) {
      if (stat != null) {
        problems.add(new Problem(file, key, "its key was deleted", Remedy.PUBLISH));
      }
    } else if (stat == null || !frame.isShownBy(stat)) {
      problems.add(
          new Problem(file, key, stat == null ? "it is missing" : "it is behind", Remedy.PUBLISH));
    } else if (frame.foreignSize() < 0) {
      if (!isIntact(key, frame)) {
        problems.add(new Problem(file, key, "its bytes are not the frame's", Remedy.PUBLISH));
      }
      verifySidecar(key, frame);
    }
  }

  private void verifySidecar(StorageKey key, Entry.Frame frame) throws IOException {
    ByteBuffer json = plain(key, StoreLayout.JSON);
    try {
      String expected = frames.metadata(key, frame).toJson();
      if (json == null || !StandardCharsets.UTF_8.decode(json).toString().equals(expected)) {
        problems.add(
            new Problem(
                layout.root.relativize(folder.file(key, StoreLayout.JSON)).toString(),
                key,
                "it is not the frame's metadata",
                Remedy.PUBLISH));
      }
    } catch (CorruptDataException | NoSuchFileException e) {
      // The frame itself is broken, which has been noted.
    }
  }

  private @Nullable ByteBuffer plain(StorageKey key, String extension) throws IOException {
    try {
      return files.read(folder.file(key, extension), 0, Integer.MAX_VALUE - 8);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void add(CorruptDataException error, @Nullable StorageKey key, Remedy remedy) {
    problems.add(
        new Problem(
            StoreLayout.INTERNAL + "/" + error.file(),
            key,
            String.valueOf(error.getMessage()),
            remedy));
  }
}
