package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.VerificationReport.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Mends what a check has found, as far as it can be mended. Nothing is deleted: what is replaced is
 * in the quarantine afterwards.
 */
final class Repairer {
  /** Folders of which a broken file can go without taking anything else along. */
  private static final List<String> ONE_FILE_EACH = List.of("/objects/", "/checkpoints/", "/tags/");

  /** Folders without whose files the store may not open. */
  private static final List<String> LOG = List.of("/log/", "/checkpoints/");

  private final StoreFiles files;
  private final StoreLayout layout;
  private final PlainFolder folder;
  private final CommitLog log;
  private final FrameStore frames;
  private final Writer writer;
  private final Publisher publisher;
  private final Maintenance maintenance;

  Repairer(
      StoreFiles files,
      StoreLayout layout,
      PlainFolder folder,
      CommitLog log,
      FrameStore frames,
      Writer writer,
      Publisher publisher,
      Maintenance maintenance) {
    this.files = files;
    this.layout = layout;
    this.folder = folder;
    this.log = log;
    this.frames = frames;
    this.writer = writer;
    this.publisher = publisher;
    this.maintenance = maintenance;
  }

  CompletableFuture<Void> run(VerificationReport report) throws IOException {
    CompletableFuture<?> done = CompletableFuture.completedFuture(null);
    boolean isLogDamaged = false;
    for (Problem problem : report.problems()) {
      switch (problem.remedy()) {
        case RESTORE -> {
          CompletableFuture<?> restored = restore(problem);
          done = done.thenCompose(before -> restored);
        }
        case QUARANTINE -> {
          quarantine(problem);
          isLogDamaged |= problem.key() == null && LOG.stream().anyMatch(problem.file()::contains);
        }
        case PUBLISH -> {
          copyAside(layout.root.resolve(problem.file()));
          if (problem.key() != null) {
            publisher.publishAll(List.of(problem.key()));
          }
        }
      }
    }
    if (isLogDamaged) {
      // What the file said is still in memory: with a new checkpoint, nobody has to read it again.
      done = done.thenCompose(before -> Operations.start(maintenance::vacuumOnceIdle));
    }
    return done.thenCompose(restored -> publisher.flush());
  }

  /** Commits the newest frame again from its plain file, if it is still the newest. */
  private CompletableFuture<?> restore(Problem problem) throws IOException {
    StorageKey key = problem.key();
    Entry newest = key == null ? null : log.refresh().newest(key);
    Entry.Frame frame = newest == null ? null : newest.frame();
    if (key == null || newest == null || frame == null) {
      return CompletableFuture.completedFuture(null);
    }
    ByteBuffer plain =
        files.read(folder.file(key, StoreLayout.PARQUET), 0, (int) frame.location().length());
    if (Crc.of(plain) != frame.location().crc()) {
      return CompletableFuture.completedFuture(null);
    }
    StagedChange change = frames.stageAgain(key, frame, List.of(plain));
    return writer.commit(Plan.restore(change, newest.sequence()));
  }

  private void quarantine(Problem problem) throws IOException {
    Path file = layout.root.resolve(problem.file());
    if (ONE_FILE_EACH.stream().anyMatch(problem.file()::contains)) {
      if (files.exists(file)) {
        files.replace(file, layout.aside(file));
      }
    } else {
      copyAside(file); // Records and packs hold other keys' frames as well.
    }
  }

  private void copyAside(Path file) throws IOException {
    StoreFiles.Stat stat = files.stat(file);
    if (stat != null) {
      ByteBuffer content = files.read(file, 0, Integer.MAX_VALUE - 8);
      files.create(layout.aside(file), List.of(content), new StoreFiles.Traits(null, true, true));
    }
  }
}
