package io.ml4t.storage.filesystem;

import io.ml4t.storage.Commit;
import io.ml4t.storage.VersionExpiredException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Reads past commits from their records. */
final class CommitHistory {
  private final StoreFiles files;
  private final StoreLayout layout;
  private final CommitLog log;

  CommitHistory(StoreFiles files, StoreLayout layout, CommitLog log) {
    this.files = files;
    this.layout = layout;
    this.log = log;
  }

  /**
   * The commits from a sequence on, oldest first.
   *
   * @throws VersionExpiredException if the record of the first has been dropped
   */
  List<Commit> read(long fromSequence, int limit) throws IOException {
    long head = log.refresh().head().sequence();
    List<Commit> commits = new ArrayList<>();
    for (long sequence = Math.max(1, fromSequence);
        sequence <= head && commits.size() < limit;
        sequence++) {
      try {
        commits.add(toCommit(RecordCodec.read(files, layout, sequence)));
      } catch (NoSuchFileException e) {
        throw new VersionExpiredException(
            ("Cannot list commits from %d: the record of commit %d has been dropped;"
                    + " begin later, or raise the age of versions kept")
                .formatted(fromSequence, sequence));
      }
    }
    return commits;
  }

  private static Commit toCommit(CommitRecord record) {
    return new Commit(
        record.sequence(),
        Times.instant(record.time()),
        record.changes().stream()
            .map(change -> Entry.of(record, change).toVersion(change.key()))
            .toList());
  }
}
