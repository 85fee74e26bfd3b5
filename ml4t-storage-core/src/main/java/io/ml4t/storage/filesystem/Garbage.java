package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes what neither the newest checkpoint, nor the one before it, nor a later commit needs. The
 * caller sees to it that only one process does this at a time.
 */
final class Garbage {
  /** A file that nothing refers to may belong to a commit that is being made. */
  static final Duration MIN_AGE = Duration.ofMinutes(10);

  private final StoreFiles files;
  private final StoreLayout layout;
  private final CommitLog log;
  private final Clock clock;
  private final Duration minRecordAge;

  Garbage(StoreFiles files, StoreLayout layout, CommitLog log, Clock clock, Duration minRecordAge) {
    this.minRecordAge = minRecordAge;
    this.files = files;
    this.layout = layout;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Deletes garbage.
   *
   * @param previous the oldest checkpoint to keep, 0 where there was none before the newest
   * @param newest the newest checkpoint
   */
  void collect(long previous, CheckpointCodec.Content newest) throws IOException {
    Set<String> needed = new HashSet<>();
    newest.forEachFrame(frame -> needed.add(frame.location().file()));
    if (previous > 0 && previous < newest.head().sequence()) {
      CheckpointCodec.read(files, layout, previous)
          .keys()
          .values()
          .forEach(history -> history.forEachFrame(frame -> needed.add(frame.location().file())));
    }
    for (long sequence : Checkpoints.list(files, layout)) {
      if (sequence < previous) {
        files.delete(layout.file(StoreLayout.checkpoint(sequence)));
      }
    }
    dropRecords(previous);
    for (String name : files.list(layout.packs)) {
      if (!needed.contains("packs/" + name)) {
        files.delete(layout.packs.resolve(name));
      }
    }
    collectObjects(needed);
    collectStaging();
  }

  /**
   * Drops the records before that of the oldest checkpoint that is kept. In ascending order and
   * never the newest: that is what the log's readers rely on.
   */
  private void dropRecords(long end) throws IOException {
    TreeSet<Long> sequences = new TreeSet<>();
    files.list(layout.log).forEach(name -> sequences.add(StoreLayout.sequence(name)));
    for (long sequence : sequences.headSet(end)) {
      if (sequence < 0) {
        continue;
      }
      Path record = layout.file(StoreLayout.record(sequence));
      StoreFiles.Stat stat = files.stat(record);
      long youngest = Times.micros(clock.instant().minus(minRecordAge));
      if (stat != null && stat.modified() / 1_000 > youngest) {
        return; // Somebody may still ask for the history from here on.
      }
      files.delete(record);
    }
  }

  /**
   * Deletes objects that no kept version refers to. A process that was stopped for long may commit
   * one at this very moment. So each is moved aside first: if its commit came before the second
   * look at the log, it is moved back; if later, the committing process finds it missing and writes
   * it again.
   */
  private void collectObjects(Set<String> needed) throws IOException {
    needInLog(needed);
    List<String> aside = new ArrayList<>();
    for (String name : files.list(layout.objects)) {
      if (!needed.contains("objects/" + name) && isOld(name)) {
        files.replace(layout.objects.resolve(name), layout.staging.resolve(name));
        aside.add(name);
      }
    }
    if (aside.isEmpty()) {
      return;
    }
    needInLog(needed);
    for (String name : aside) {
      if (needed.contains("objects/" + name)) {
        files.replace(layout.staging.resolve(name), layout.objects.resolve(name));
      } else {
        files.delete(layout.staging.resolve(name));
      }
    }
  }

  private void needInLog(Set<String> needed) throws IOException {
    log.locked(log::catchUp)
        .keys()
        .values()
        .forEach(history -> history.forEachFrame(frame -> needed.add(frame.location().file())));
  }

  /** Moves back objects that a crash left aside, and deletes what crashes left unfinished. */
  void collectStaging() throws IOException {
    Set<String> needed = new HashSet<>();
    needInLog(needed);
    for (String name : files.list(layout.staging)) {
      Path staged = layout.staging.resolve(name);
      if (needed.contains("objects/" + name)) {
        if (!files.exists(layout.objects.resolve(name))) {
          files.replace(staged, layout.objects.resolve(name));
        }
      } else if (isOld(name)) {
        files.delete(staged);
      }
    }
  }

  private boolean isOld(String name) {
    return StoreLayout.createdAt(name).isBefore(clock.instant().minus(MIN_AGE));
  }
}
