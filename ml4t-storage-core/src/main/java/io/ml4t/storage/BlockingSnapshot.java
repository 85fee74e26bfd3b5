package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Waits for each read of a non-blocking snapshot. */
final class BlockingSnapshot implements Snapshot {
  private final AsyncSnapshot snapshot;

  BlockingSnapshot(AsyncSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public long sequence() {
    return snapshot.sequence();
  }

  @Override
  public Instant time() {
    return snapshot.time();
  }

  @Override
  public DataObject read(StorageKey key, ReadOptions options) {
    return BlockingStorage.await(snapshot.read(key, options));
  }

  @Override
  public List<DataObject> readAll(Collection<StorageKey> keys) {
    return BlockingStorage.await(snapshot.readAll(keys));
  }

  @Override
  public boolean exists(StorageKey key) {
    return BlockingStorage.await(snapshot.exists(key));
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    return BlockingStorage.await(snapshot.listKeys(prefix));
  }

  @Override
  public List<Version> versions(StorageKey key) {
    return BlockingStorage.await(snapshot.versions(key));
  }
}
