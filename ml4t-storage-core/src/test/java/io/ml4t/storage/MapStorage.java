package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The simplest store: the newest frame of each key, in memory. */
public class MapStorage implements Storage {
  private final Map<StorageKey, DataObject> frames = new ConcurrentSkipListMap<>();
  private final AtomicLong sequence = new AtomicLong();
  private volatile boolean closed;

  @Override
  public Version put(DataObject data, WriteOptions options) {
    checkOpen();
    frames.put(data.key(), data);
    return new Version(
        data.key(),
        sequence.incrementAndGet(),
        Instant.EPOCH,
        false,
        data.data().rowCount(),
        0,
        null,
        null);
  }

  @Override
  public List<StorageKey> writeAll(Collection<DataObject> data) {
    return data.stream().map(this::write).toList();
  }

  @Override
  public StorageKey update(StorageKey key, DataObject data) {
    read(key);
    return write(data);
  }

  @Override
  public DataObject read(StorageKey key, ReadOptions options) {
    checkOpen();
    DataObject data = frames.get(key);
    if (data == null) {
      throw new KeyNotFoundException("read", key);
    }
    return data;
  }

  @Override
  public List<DataObject> readAll(Collection<StorageKey> keys) {
    return keys.stream().map(this::read).toList();
  }

  @Override
  public boolean exists(StorageKey key) {
    return frames.containsKey(key);
  }

  @Override
  public boolean delete(StorageKey key) {
    return frames.remove(key) != null;
  }

  @Override
  public List<StorageKey> deleteAll(Collection<StorageKey> keys) {
    return keys.stream().filter(this::delete).toList();
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    return frames.keySet().stream().filter(key -> key.toString().startsWith(prefix)).toList();
  }

  @Override
  public List<Version> versions(StorageKey key) {
    return List.of();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new StorageClosedException("Cannot use storage: it is closed");
    }
  }
}
