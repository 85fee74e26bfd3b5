package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.GroupCommit;
import io.ml4t.storage.event.StorageListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Turns the commits that wait at the same time into one record. */
final class GroupCommitter {
  private record Pending(Plan plan, CompletableFuture<CommitRecord> result) {}

  /** A pending commit and its part of the record that is being made. */
  private record Decided(Pending pending, int from, int to) {}

  private final CommitLog log;
  private final FrameStore frames;
  private final StorageListener listener;
  private final Groups<Pending> groups;

  GroupCommitter(CommitLog log, FrameStore frames, Executor executor, StorageListener listener) {
    this.log = log;
    this.frames = frames;
    this.listener = listener;
    groups = new Groups<>(pending -> pending.plan.bytes(), this::commit, executor);
  }

  /**
   * Commits the plan, on this thread or on that of another caller.
   *
   * @return the record with this plan's changes only, none where it decided on none
   */
  CompletableFuture<CommitRecord> submit(Plan plan) {
    CompletableFuture<CommitRecord> result = new CompletableFuture<>();
    groups.submit(new Pending(plan, result));
    return result;
  }

  private List<Runnable> commit(List<Pending> group, Consumer<Pending> later) {
    List<Runnable> outcomes = new ArrayList<>();
    try {
      log.locked(
          () -> {
            while (!tryCommit(group, outcomes, later)) {
              outcomes.clear(); // Another process was faster: decide again.
            }
            return outcomes;
          });
    } catch (IOException | RuntimeException | Error e) {
      outcomes.clear();
      StorageException error = typed(e);
      group.forEach(pending -> outcomes.add(() -> pending.result.completeExceptionally(error)));
    }
    return outcomes;
  }

  /** An error of the JVM's, out of memory say, may come at any step, after the last one too. */
  private static StorageException typed(Throwable error) {
    if (error instanceof StorageException known) {
      return known;
    }
    return error instanceof Error
        ? new CommitStateUnknownException(
            "Cannot tell whether the commit is made: " + error + "; read the keys", error)
        : new StorageException("Cannot commit: " + error, error);
  }

  private boolean tryCommit(List<Pending> group, List<Runnable> outcomes, Consumer<Pending> later)
      throws IOException {
    long start = System.nanoTime();
    Index newest = log.catchUp();
    List<StagedChange> changes = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    Set<StorageKey> written = new HashSet<>();
    List<Pending> tooEarly = new ArrayList<>();
    for (Pending pending : group) {
      if (pending.plan.dependsOn(written)) {
        tooEarly.add(pending);
        continue;
      }
      try {
        List<StagedChange> mine = pending.plan.decision().decide(newest);
        decided.add(new Decided(pending, changes.size(), changes.size() + mine.size()));
        changes.addAll(mine);
        mine.forEach(change -> written.add(change.key()));
      } catch (RuntimeException e) {
        outcomes.add(() -> pending.result.completeExceptionally(e));
      }
    }
    CommitRecord commit;
    if (changes.isEmpty()) {
      commit = new CommitRecord(newest.head().sequence(), newest.head().time(), List.of());
    } else {
      frames.syncObjects(changes);
      Optional<CommitRecord> appended = log.append(changes);
      if (appended.isEmpty()) {
        return false;
      }
      commit = appended.get();
      frames.ensureObjects(changes);
      listener.committed(
          new GroupCommit(
              commit.sequence(),
              decided.size(),
              changes.size(),
              changes.stream().mapToLong(StagedChange::frameBytes).sum(),
              Duration.ofNanos(System.nanoTime() - start)));
    }
    for (Decided one : decided) {
      CommitRecord own =
          new CommitRecord(
              commit.sequence(), commit.time(), commit.changes().subList(one.from, one.to));
      outcomes.add(() -> one.pending.result.complete(own));
    }
    tooEarly.forEach(later);
    return true;
  }
}
