package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.event.StorageListener;
import io.ml4t.storage.event.StorageOperation;
import io.ml4t.storage.lock.KeyLocks;
import io.ml4t.storage.parquet.FrameCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one open store, put together. */
final class Engine {
  private static final Logger logger = LoggerFactory.getLogger(FileSystemStorage.class);

  final StoreLayout layout;
  final CommitLog log;
  final FrameStore frames;
  final PlainView plain;
  private final PlainFolder folder;
  final Tags tags;
  final CommitHistory history;
  final Repairer repairer;
  final Reader reader;
  final SnapshotExporter exporter;
  final Adopter adopter;
  final Writer writer;
  final Transactions transactions;
  final LockedCallbacks lockedCallbacks;
  final Opening opening;
  final Publisher publisher;
  final Operations operations;
  final Maintenance maintenance;
  final KeyLocks locks;
  final StoreOptions options;

  private final StoreFiles files;
  private final FrameCache cache;
  private final ForeignFiles foreign;
  private final GroupCommitter committer;
  private final StoreThreads threads;
  private final Reconciler reconciler;
  private volatile List<String> abandoned = List.of();

  /**
   * Opens a store: reads the log to its end, and begins to bring the plain view in line with it.
   */
  Engine(
      Path root,
      StoreFiles files,
      Clock clock,
      StoreOptions options,
      FrameCodec codec,
      StoreThreads threads,
      Retries retries,
      StorageListener listener)
      throws IOException {
    long start = clock.millis();
    this.files = files;
    this.options = options;
    this.threads = threads;
    layout = StoreFolder.open(files, root, clock, options.isDurable());
    log = new CommitLog(files, layout, clock, options.isDurable());
    long checkpoint = Checkpoints.newest(files, layout);
    frames = new FrameStore(files, layout, codec, clock, options, listener);
    folder = PlainFolder.of(files, layout);
    plain = new PlainView(files, layout, folder, frames, clock, options);
    foreign = new ForeignFiles(files, layout, folder, frames);
    Callbacks callbacks = new Callbacks(threads.callbacks);
    operations =
        new Operations(threads, callbacks, layout.root.toString(), listener, options.callers());
    locks = KeyLocks.file(layout.locks, threads.io, listener);
    tags = new Tags(files, layout, options.isDurable());
    history = new CommitHistory(files, layout, log);
    cache = new FrameCache(options.readCache());
    reader = new Reader(log, frames, cache);
    exporter = new SnapshotExporter(files, layout, log, frames, reader, options.isDurable());
    committer = new GroupCommitter(log, frames, threads.ioOrCaller, listener);
    adopter = new Adopter(plain, foreign, log, committer);
    publisher =
        new Publisher(
            plain,
            log,
            reader,
            foreign,
            locks,
            operations,
            threads,
            options.lockTimeout(),
            listener);
    maintenance =
        new Maintenance(
            log,
            new Checkpointer(files, layout, folder, log, tags, clock, options),
            locks,
            operations,
            threads,
            options.checkpointInterval(),
            checkpoint);
    writer =
        new Writer(
            locks,
            adopter,
            committer,
            publisher,
            frames,
            operations,
            maintenance,
            options,
            retries);
    repairer = new Repairer(files, layout, folder, log, frames, writer, publisher, maintenance);
    transactions = new Transactions(this, threads, callbacks, retries);
    reconciler = new Reconciler(files, folder, log, foreign, threads.cpu, this::adoptElsewhere);
    lockedCallbacks = new LockedCallbacks(this, callbacks);
    PlainChecker checker =
        new PlainChecker(files, layout, folder, log, frames, clock, options.isDurable());
    opening = new Opening(this, checker, clock, start);
  }

  /** Adopts all foreign files, and publishes all of the commits up to one that is behind. */
  Reconciler.Result refresh(long last) throws IOException {
    if (plain.isOff()) {
      log.refresh();
      return new Reconciler.Result(0, 0, Set.of());
    }
    Reconciler.Result found = reconciler.run(last);
    publisher.publishAll(found.behind());
    return found;
  }

  /**
   * The index as of now, with the key's plain file adopted if another program wrote it.
   *
   * @return the newest index
   */
  CompletableFuture<Index> current(StorageKey key) throws IOException {
    Index index = log.refresh();
    StoreFiles.Stat shown = publisher.isBehind(key) ? null : plain.stat(key);
    boolean isSuspect = shown != null && foreign.isSuspect(key, index.history(key), shown);
    if (isSuspect || index.version(key) == WriteOptions.ABSENT) {
      // A key that exists is read from the store's own files, wherever its plain file leads.
      plain.checkInside(key);
    }
    if (!isSuspect || lockedCallbacks.hold(key)) {
      return CompletableFuture.completedFuture(index);
    }
    return operations.then(adopt(key), adopted -> CompletableFuture.completedFuture(log.index()));
  }

  /** Encodes frames that may be stored. */
  StagedFrames stage(Collection<DataObject> frames) throws IOException {
    for (DataObject frame : frames) {
      frame.requireComplete();
      plain.checkInside(frame.key());
    }
    return StagedFrames.stage(this.frames, frames);
  }

  private CompletableFuture<Boolean> adoptElsewhere(StorageKey key) {
    return CompletableFuture.completedFuture(key).thenComposeAsync(this::adopt, threads.io);
  }

  private CompletableFuture<Boolean> adopt(StorageKey key) {
    return operations.then(
        locks.acquire(List.of(key), options.lockTimeout(), "adopt"),
        lease ->
            Operations.start(() -> adopter.adopt(key))
                .whenComplete((adopted, error) -> lease.close()));
  }

  /** Tags the newest commit, when no checkpoint is dropping versions. */
  CompletableFuture<Long> tag(String name) {
    return operations.run(
        StorageOperation.of("tag"),
        () ->
            operations.then(
                opening.whole(index -> index),
                known ->
                    Operations.start(
                        () ->
                            maintenance.whenIdle(
                                () -> {
                                  long sequence = log.refresh().head().sequence();
                                  syncLog();
                                  tags.add(name, sequence);
                                  return sequence;
                                }))));
  }

  /** The newest record may be one whose writer has yet to sync it, or could not. */
  private void syncLog() throws IOException {
    if (options.isDurable()) {
      files.syncDirectory(layout.log);
    }
  }

  CommitStream watch(long fromSequence) {
    return new CommitStream(history, operations, threads, fromSequence);
  }

  VerificationReport verify() throws IOException {
    return new Verifier(files, layout, folder, log, frames, reader, tags, !plain.isOff()).run();
  }

  StorageStatus status() {
    Index index = log.index();
    Index.Head head = index.head();
    return new StorageStatus(
        layout.root,
        head.sequence(),
        head.sequence() == 0 ? null : Times.instant(head.time()),
        index.size(),
        publisher.lag(),
        publisher.lastFailure(),
        operations.load(),
        cache.status(),
        abandoned,
        opening.recovery());
  }

  /**
   * Lets what has begun come to its end, publishes what is behind, and lets go of everything. Does
   * not wait for longer than it may, nor once it is interrupted: what is not over then is
   * abandoned.
   */
  void close() {
    opening.stop();
    CompletableFuture<Void> idle = operations.close();
    if (idle == null) {
      return;
    }
    long deadline = System.nanoTime() + options.callers().closeTimeout().toNanos();
    boolean isOver = await(idle, deadline);
    if (!isOver) {
      abandoned = operations.abandon();
    }
    if (!await(publisher.flush(), deadline) || !isOver) {
      logger.warn(
          "Closed store {} before all was over: abandoned {}, {} plain files behind",
          layout.root,
          abandoned,
          publisher.lag());
    }
    locks.close();
    threads.close();
  }

  private static boolean await(CompletableFuture<?> end, long deadline) {
    try {
      end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // What has failed is over too.
    }
  }
}
