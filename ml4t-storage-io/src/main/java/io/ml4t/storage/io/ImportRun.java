package io.ml4t.storage.io;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.MetadataBuilder;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One run of an import: reads on its own thread, and writes a bounded number of frames at a time.
 */
final class ImportRun implements ImportSource.Visitor {
  private final FrameImport options;
  private final Semaphore window;
  private final long start = System.nanoTime();
  private final List<CompletableFuture<FileOutcome>> outcomes = new ArrayList<>();

  /** The file that each key came from, so that no two files silently replace each other. */
  private final Map<StorageKey, String> sources = new HashMap<>();

  ImportRun(FrameImport options) {
    this.options = options;
    this.window = new Semaphore(options.concurrency());
  }

  TransferReport run(ImportSource source) throws IOException {
    long ignored = source.forEach(this);
    List<FileOutcome> files = outcomes.stream().map(CompletableFuture::join).toList();
    return new TransferReport(files, ignored, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void visit(
      String name, ImportSource.Step<StorageKey> findKey, ImportSource.Step<ReadFrame> read) {
    try {
      window.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          "Cannot import " + name + ": the importing thread was interrupted");
    }
    outcomes.add(
        start(name, findKey, read)
            .whenComplete(
                (outcome, error) -> {
                  window.release();
                  options.listener().accept(outcome);
                }));
  }

  private CompletableFuture<FileOutcome> start(
      String name, ImportSource.Step<StorageKey> findKey, ImportSource.Step<ReadFrame> read) {
    @Nullable StorageKey key = null;
    try {
      key = findKey.run();
      checkNew(name, key);
      return write(name, key, read);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return CompletableFuture.completedFuture(FileOutcome.failed(name, key, e));
    }
  }

  private void checkNew(String name, StorageKey key) {
    String other = sources.putIfAbsent(key, name);
    if (other != null && options.existing() != ExistingKeys.APPEND) {
      throw new InvalidKeyException(
          "Cannot import %s as %s: that is the key of %s already; tell them apart by the mapping of keys"
              .formatted(name, key, other));
    }
  }

  private CompletableFuture<FileOutcome> write(
      String name, StorageKey key, ImportSource.Step<ReadFrame> read) throws Exception {
    if (options.existing() == ExistingKeys.SKIP && options.storage().exists(key).join()) {
      return CompletableFuture.completedFuture(FileOutcome.skipped(name, key));
    }
    ReadFrame frame = read.run();
    FileOutcome done = FileOutcome.done(name, key, frame);
    return store(new DataObject(frame.data(), metadata(key, frame.metadata())))
        .handle(
            (stored, error) -> error == null ? done : FileOutcome.failed(name, key, unwrap(error)));
  }

  private CompletableFuture<?> store(DataObject data) {
    return switch (options.existing()) {
      case APPEND -> options.storage().append(data);
      case FAIL -> options.storage().put(data, WriteOptions.ifAbsent());
      case REPLACE, SKIP -> options.storage().put(data, WriteOptions.defaults());
    };
  }

  private Metadata metadata(StorageKey key, @Nullable Metadata own) {
    MetadataBuilder builder =
        own == null
            ? Metadata.builder(key.assetClass(), key.frequency(), key.symbol())
                .lastUpdated(Instant.now().truncatedTo(ChronoUnit.MICROS))
            : own.withKey(key).toBuilder();
    return options.metadata(builder);
  }

  private static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
