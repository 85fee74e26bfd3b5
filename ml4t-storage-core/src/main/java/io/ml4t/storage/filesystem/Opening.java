package io.ml4t.storage.filesystem;

import io.ml4t.storage.StorageClosedException;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What opening still does once a store can be used: compares the plain view with the log, for with
 * many keys that takes longer than all else, and then looks into the plain files. An operation on
 * one key looks at that key's files itself; one that asks which keys there are waits, see {@link
 * #whole}. Thread-safe.
 */
final class Opening {
  private static final Logger log = LoggerFactory.getLogger(FileSystemStorage.class);

  private final Engine engine;
  private final PlainChecker checker;
  private final Clock clock;
  private final long start;
  private final CompletableFuture<Void> checked;
  private CompletableFuture<StorageStatus.Recovery> compared;
  private volatile StorageStatus.Recovery recovery;

  /** Begins in the background. All else that is part of the engine is there. */
  Opening(Engine engine, PlainChecker checker, Clock clock, long start) {
    this.engine = engine;
    this.checker = checker;
    this.clock = clock;
    this.start = start;
    long sequence = engine.log.index().head().sequence();
    recovery = new StorageStatus.Recovery(sequence, 0, 0, 0, clock.millis() - start, false);
    compared = compare();
    checked = compared.handle((done, error) -> done).thenCompose(done -> check());
  }

  /** What is known to have been found so far. */
  StorageStatus.Recovery recovery() {
    return recovery;
  }

  interface Whole<T> {
    T of(Index index) throws IOException;
  }

  /** What a step makes of the newest index, in which all plain files are that were there. */
  <T> CompletableFuture<T> whole(Whole<T> step) {
    return engine.operations.then(
        compared(),
        done ->
            Operations.start(
                () -> CompletableFuture.completedFuture(step.of(engine.log.refresh()))));
  }

  /** Completes when the plain files are what the log says; fails where they cannot be made so. */
  CompletableFuture<Void> flush() {
    return engine.operations.then(
        compared().thenCompose(done -> checked), done -> engine.publisher.flush());
  }

  /** Ends the look into the plain files early. */
  void stop() {
    checker.stop();
  }

  private synchronized CompletableFuture<StorageStatus.Recovery> compared() {
    if (compared.isCompletedExceptionally()) {
      compared = compare();
    }
    return compared;
  }

  private CompletableFuture<StorageStatus.Recovery> compare() {
    return engine.operations.call(
        () -> {
          try {
            return recover();
          } catch (IOException | RuntimeException e) {
            log.warn("Cannot compare the plain files of {} with the log", engine.layout.root, e);
            throw e;
          }
        });
  }

  private StorageStatus.Recovery recover() throws IOException {
    Reconciler.Result found = engine.refresh(recovery.sequence());
    StorageStatus.Recovery report =
        new StorageStatus.Recovery(
            recovery.sequence(),
            found.adopted(),
            found.refused(),
            found.behind().size(),
            clock.millis() - start,
            true);
    recovery = report;
    Index index = engine.log.index();
    log.info(
        "Opened store {}: commit {}, {} keys, {} plain files adopted, {} refused, {} made anew, {} ms",
        engine.layout.root,
        index.head().sequence(),
        index.size(),
        report.adopted(),
        report.refused(),
        report.republished(),
        report.millis());
    return report;
  }

  private CompletableFuture<Void> check() {
    if (engine.plain.isOff()) {
      return CompletableFuture.completedFuture(null);
    }
    return engine
        .operations
        .call(checker::run)
        .handle(
            (broken, error) -> {
              if (error instanceof StorageClosedException) {
                log.debug("The plain files are to be checked when the store opens next");
              } else if (error != null) {
                log.warn("Cannot check the plain files: {}", error.toString());
              } else if (!broken.isEmpty()) {
                log.warn("Made anew, as their bytes were lost: the plain files of {}", broken);
                engine.publisher.publishAll(broken);
              }
              return null;
            });
  }
}
