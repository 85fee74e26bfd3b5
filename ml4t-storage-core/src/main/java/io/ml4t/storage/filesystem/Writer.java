package io.ml4t.storage.filesystem;

import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.lock.Lease;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a commit: takes the keys' locks, adopts what the commit will replace, commits, publishes
 * the plain view, lets the locks go. Tries again after a lock time-out.
 */
final class Writer {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  private final KeyLocks locks;
  private final Adopter adopter;
  private final GroupCommitter committer;
  private final Publisher publisher;
  private final FrameStore frames;
  private final Operations operations;
  private final Maintenance maintenance;
  private final StoreOptions options;
  private final Retries retries;

  Writer(
      KeyLocks locks,
      Adopter adopter,
      GroupCommitter committer,
      Publisher publisher,
      FrameStore frames,
      Operations operations,
      Maintenance maintenance,
      StoreOptions options,
      Retries retries) {
    this.locks = locks;
    this.adopter = adopter;
    this.committer = committer;
    this.publisher = publisher;
    this.frames = frames;
    this.operations = operations;
    this.maintenance = maintenance;
    this.options = options;
    this.retries = retries;
  }

  /** Commits a plan, and tries again where that may help. */
  CompletableFuture<CommitRecord> commit(Plan plan) {
    return operations.then(
        cleaned(plan, lock(plan.writes(), plan.operation())),
        lease ->
            cleaned(plan, Operations.start(() -> adopter.adoptReplaced(plan.writes())))
                .thenCompose(adopted -> commitLocked(plan))
                .whenComplete((record, error) -> lease.close()));
  }

  /** Takes the locks of keys, and tries again after a time-out. */
  CompletableFuture<Lease> lock(Collection<StorageKey> keys, String operation) {
    return retries.afterTimeout(() -> locks.acquire(keys, options.lockTimeout(), operation));
  }

  /** Commits a plan whose keys the caller has locked. */
  CompletableFuture<CommitRecord> commitLocked(Plan plan) {
    return cleaned(plan, committer.submit(plan))
        .thenApply(
            record -> {
              for (CommitRecord.Change change : record.changes()) {
                follow(() -> publish(change.key(), plan.contents(), record.sequence()));
              }
              follow(maintenance::afterCommit);
              return record;
            });
  }

  /** Nothing that follows a commit undoes it: an error here is none of the commit's. */
  private static void follow(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      log.error("A commit is made, but what follows it has failed", e);
    }
  }

  /** Leaves nothing behind of a plan where a step on the way to its commit fails. */
  private <T> CompletableFuture<T> cleaned(Plan plan, CompletableFuture<T> step) {
    return step.whenComplete(
        (done, error) -> {
          if (error != null) {
            if (Operations.typed(error) instanceof CommitStateUnknownException) {
              plan.writes().forEach(publisher::publishLater); // It may well have been made.
            } else {
              frames.discard(plan.staged());
            }
          }
        });
  }

  private void publish(StorageKey key, Map<StorageKey, PlainView.Content> contents, long sequence) {
    if (options.publish() == PublishMode.BEHIND) {
      publisher.publishLater(key);
    } else {
      publisher.publish(key, contents.get(key), sequence);
    }
  }
}
