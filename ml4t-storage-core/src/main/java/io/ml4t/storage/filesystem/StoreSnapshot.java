package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncSnapshot;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.event.StorageOperation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The store at one commit: no more than the number of the commit. */
record StoreSnapshot(Engine engine, long sequence, Instant time) implements AsyncSnapshot {

  @Override
  public CompletableFuture<DataObject> read(StorageKey key, ReadOptions options) {
    if (options.asOfSequence() != null || options.asOfTime() != null) {
      throw new IllegalArgumentException(
          "Cannot read as of another point in time: the snapshot is of commit " + sequence);
    }
    return engine.operations.read(
        StorageOperation.of("read", key),
        FrameWeight.of(engine.log.index().at(key, sequence)),
        () -> CompletableFuture.completedFuture(engine.reader.read(key, sequence, options)));
  }

  @Override
  public CompletableFuture<List<DataObject>> readAll(Collection<StorageKey> keys) {
    List<StorageKey> wanted = List.copyOf(keys);
    Index index = engine.log.index();
    return engine.operations.read(
        StorageOperation.of("read-all"),
        wanted.stream().mapToLong(key -> FrameWeight.of(index.at(key, sequence))).sum(),
        () -> CompletableFuture.completedFuture(engine.reader.readAll(wanted, sequence)));
  }

  @Override
  public CompletableFuture<Boolean> exists(StorageKey key) {
    return engine.operations.call(
        StorageOperation.of("exists", key),
        () -> engine.log.index().version(key, sequence) != WriteOptions.ABSENT);
  }

  @Override
  public CompletableFuture<List<StorageKey>> listKeys(String prefix) {
    return engine.operations.call(
        StorageOperation.of("list-keys"),
        () -> engine.log.index().list(KeyPrefix.parse(prefix), sequence));
  }

  @Override
  public CompletableFuture<List<Version>> versions(StorageKey key) {
    return engine.operations.call(
        StorageOperation.of("versions", key),
        () ->
            engine.log.index().versions(key).stream()
                .filter(version -> version.sequence() <= sequence)
                .toList());
  }
}
