package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;

/** Finds the checkpoints of a store. */
final class Checkpoints {
  private Checkpoints() {}

  /** The sequences of all checkpoints, newest first. */
  static List<Long> list(StoreFiles files, StoreLayout layout) throws IOException {
    return files.list(layout.checkpoints).stream()
        .map(StoreLayout::sequence)
        .filter(sequence -> sequence >= 0)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** The sequence of the newest checkpoint, 0 where there is none. */
  static long newest(StoreFiles files, StoreLayout layout) throws IOException {
    List<Long> checkpoints = list(files, layout);
    return checkpoints.isEmpty() ? 0 : checkpoints.get(0);
  }

  /**
   * The index of the newest checkpoint that is whole; an empty one where the log is there from its
   * beginning.
   *
   * @throws CorruptDataException if there are checkpoints, but none is whole, and the log is not
   */
  static Index loadNewest(StoreFiles files, StoreLayout layout) throws IOException {
    CorruptDataException broken = null;
    boolean gone;
    do {
      gone = false;
      for (long sequence : list(files, layout)) {
        try {
          return CheckpointCodec.read(files, layout, sequence);
        } catch (NoSuchFileException e) {
          gone = true; // Replaced by a newer one meanwhile.
        } catch (CorruptDataException e) {
          broken = e;
        }
      }
    } while (gone);
    if (broken != null && !files.exists(layout.file(StoreLayout.record(0)))) {
      throw broken;
    }
    return new Index(Index.Head.NONE, Index.Head.NONE);
  }
}
