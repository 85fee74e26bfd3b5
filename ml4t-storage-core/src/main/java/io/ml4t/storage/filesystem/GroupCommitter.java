package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.GroupCommit;
import io.ml4t.storage.event.StorageListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns the commits that wait at the same time into one record. The first thread to come leads: it
 * commits its own and all that others put in line meanwhile, group by group, until none waits.
 */
final class GroupCommitter {
  private static final int MAX_COMMITS = 1024;
  private static final long MAX_BYTES = 8L << 20;

  private record Pending(Plan plan, CompletableFuture<CommitRecord> result) {}

  /** A pending commit and its part of the record that is being made. */
  private record Decided(Pending pending, int from, int to) {}

  private final CommitLog log;
  private final FrameStore frames;
  private final Reader reader;
  private final Executor executor;
  private final StorageListener listener;
  private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();

  /** Only the leader touches these: they came too early for the group before. */
  private final Deque<Pending> deferred = new ArrayDeque<>();

  GroupCommitter(
      CommitLog log,
      FrameStore frames,
      Reader reader,
      Executor executor,
      StorageListener listener) {
    this.log = log;
    this.frames = frames;
    this.reader = reader;
    this.executor = executor;
    this.listener = listener;
  }

  /**
   * Commits the plan, on this thread or on that of another caller.
   *
   * @return the record with this plan's changes only, none where it decided on none
   */
  CompletableFuture<CommitRecord> submit(Plan plan) {
    CompletableFuture<CommitRecord> result = new CompletableFuture<>();
    queue.add(new Pending(plan, result));
    List<Runnable> last = List.of();
    while (!queue.isEmpty() && leading.compareAndSet(false, true)) {
      try {
        last = lead(last);
      } finally {
        leading.set(false);
      }
    }
    if (last.size() == 1) {
      last.get(0).run();
    } else {
      last.forEach(executor::execute);
    }
    return result;
  }

  /**
   * Commits group after group. What follows each commit runs elsewhere while the next one is made.
   *
   * @return what follows the last commit
   */
  private List<Runnable> lead(List<Runnable> follows) {
    List<Runnable> last = follows;
    for (List<Pending> group = next(); !group.isEmpty(); group = next()) {
      last.forEach(executor::execute);
      last = commit(group);
    }
    return last;
  }

  private List<Pending> next() {
    List<Pending> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < MAX_COMMITS && bytes < MAX_BYTES) {
      Pending pending = deferred.isEmpty() ? queue.poll() : deferred.poll();
      if (pending == null) {
        break;
      }
      bytes += pending.plan.bytes();
      group.add(pending);
    }
    return group;
  }

  private List<Runnable> commit(List<Pending> group) {
    List<Runnable> outcomes = new ArrayList<>();
    try {
      log.locked(
          () -> {
            while (!tryCommit(group, outcomes)) {
              outcomes.clear(); // Another process was faster: decide again.
            }
            return outcomes;
          });
    } catch (IOException | RuntimeException | Error e) {
      outcomes.clear();
      StorageException error =
          e instanceof StorageException known
              ? known
              : new StorageException("Cannot commit: " + e, e);
      group.forEach(pending -> outcomes.add(() -> pending.result.completeExceptionally(error)));
    }
    return outcomes;
  }

  private boolean tryCommit(List<Pending> group, List<Runnable> outcomes) throws IOException {
    long start = System.nanoTime();
    Index newest = log.catchUp();
    List<StagedChange> changes = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    Set<StorageKey> written = new HashSet<>();
    List<Pending> later = new ArrayList<>();
    for (Pending pending : group) {
      if (pending.plan.dependsOn(written)) {
        later.add(pending);
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
      Optional<CommitRecord> appended =
          log.append(changes, made -> reader.committed(changes, made));
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
    deferred.addAll(later);
    return true;
  }
}
