package io.ml4t.storage.directory;

import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.migration.MigrationSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the Python library ml4t-data as a store: {@code
 * <asset_class>/<frequency>/<symbol>.parquet} with a JSON file beside each. What a migration reads,
 * and what it can write back.
 *
 * <pre>{@code
 * Storage directory = PlainDirectoryStorage.builder(Path.of("/srv/python-data")).build();
 * }</pre>
 *
 * <p>There is no log and so no history: a write replaces both files by rename, after an fsync, and
 * what was there before is gone. The version of a key is the time at which its frame was last
 * changed, in microseconds. {@link #readAll} reads one key after the other. Snapshots,
 * transactions, locks, restoring and reading the past are refused with {@link
 * UnsupportedOperationException}.
 *
 * <p>Readers, of any process, see whole frames, each with its own metadata. Writes of this object
 * exclude each other; of several writing objects or processes, the last one wins.
 *
 * <p>Directories that ml4t-data writes from 0.1 on, with generations and a {@code CURRENT} pointer,
 * flat or hive-partitioned, are recognized and read; writing to one is refused with {@link
 * InvalidDataException}.
 */
public final class PlainDirectoryStorage implements Storage, MigrationSource {
  private final Path root;
  private final Layout layout;
  private volatile boolean closed;

  PlainDirectoryStorage(Path root, Layout layout) {
    this.root = root;
    this.layout = layout;
  }

  /** A builder for a store of the files below the given folder. */
  public static PlainDirectoryStorageBuilder builder(Path root) {
    return new PlainDirectoryStorageBuilder(root);
  }

  @Override
  public Version put(DataObject data, WriteOptions options) {
    data.requireComplete();
    StorageKey key = data.key();
    Long expected = options.ifVersion();
    Layout.Stamp stamp =
        run(
            () ->
                layout.put(
                    data,
                    actual -> {
                      if (expected != null && expected != actual) {
                        throw new CommitConflictException(
                            "Cannot write %s: expected version %d, found %d (0 is no such key); read it again and decide anew"
                                .formatted(key, expected, actual),
                            List.of(key));
                      }
                    }));
    return version(data, stamp);
  }

  @Override
  public StorageKey update(StorageKey key, DataObject data) {
    if (!key.equals(data.key())) {
      throw new InvalidDataException(
          "Cannot update " + key + ": the data belongs to " + data.key());
    }
    data.requireComplete();
    run(
        () ->
            layout.put(
                data,
                actual -> {
                  if (actual == WriteOptions.ABSENT) {
                    throw new KeyNotFoundException("update", key);
                  }
                }));
    return key;
  }

  @Override
  public StorageKey append(DataObject data) {
    data.requireComplete();
    return run(
        () -> {
          layout.append(data);
          return data.key();
        });
  }

  @Override
  public DataObject read(StorageKey key, ReadOptions options) {
    if (options.asOfSequence() != null || options.asOfTime() != null) {
      throw new UnsupportedOperationException(
          "Cannot read " + key + " as of the past: a plain directory keeps no older versions");
    }
    return options.part(whole(key, options.neededColumns()));
  }

  private DataObject whole(StorageKey key, List<String> columns) {
    return run(() -> Optional.ofNullable(layout.read(key, columns)))
        .orElseThrow(() -> new KeyNotFoundException("read", key));
  }

  @Override
  public List<DataObject> readAll(Collection<StorageKey> keys) {
    return keys.stream().map(this::read).toList();
  }

  /** Reads one key after the other, each as it is when the stream comes to it. */
  @Override
  public Stream<DataObject> stream(Collection<StorageKey> keys, ReadOptions options) {
    return List.copyOf(keys).stream().map(key -> read(key, options));
  }

  @Override
  public boolean exists(StorageKey key) {
    return run(() -> layout.stamp(key) != null);
  }

  @Override
  public boolean delete(StorageKey key) {
    return run(() -> layout.delete(key));
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    KeyPrefix wanted = KeyPrefix.parse(prefix);
    return run(() -> layout.list().keys().stream().filter(wanted::matches).toList());
  }

  /** The one version that there is, or none. */
  @Override
  public List<Version> versions(StorageKey key) {
    return run(
        () -> {
          Layout.Stamp stamp = layout.stamp(key);
          DataObject times = stamp == null ? null : layout.read(key, List.of(DataObject.TIMESTAMP));
          return stamp == null || times == null ? List.of() : List.of(version(times, stamp));
        });
  }

  private static Version version(DataObject data, Layout.Stamp stamp) {
    TimestampColumn times = data.data().timestamps(DataObject.TIMESTAMP);
    return new Version(
        data.key(),
        stamp.version(),
        Instant.EPOCH.plus(stamp.version(), ChronoUnit.MICROS),
        false,
        data.data().rowCount(),
        stamp.bytes(),
        times.least(),
        times.greatest());
  }

  @Override
  public Version restore(StorageKey key, long sequence) {
    throw new UnsupportedOperationException(
        "Cannot restore " + key + ": a plain directory keeps no older versions");
  }

  @Override
  public @Nullable State state(StorageKey key) {
    return run(() -> Optional.ofNullable(layout.stamp(key)))
        .map(stamp -> new State(stamp.version(), run(() -> layout.rows(key)), stamp.bytes()))
        .orElse(null);
  }

  @Override
  public Map<String, StorageException> unusable(String prefix) {
    String start = prefix.endsWith("*") ? prefix.substring(0, prefix.length() - 1) : prefix;
    Map<String, StorageException> found = new TreeMap<>(run(layout::list).unusable());
    found.keySet().removeIf(name -> !name.startsWith(start));
    return found;
  }

  @Override
  public void close() {
    closed = true;
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T run(Action<T> action) {
    if (closed) {
      throw new StorageClosedException("Cannot use directory " + root + ": it is closed");
    }
    try {
      return action.run();
    } catch (IOException e) {
      throw new StorageException("Cannot use directory " + root + ": " + e, e);
    }
  }

  @Override
  public String toString() {
    return "PlainDirectoryStorage[" + root + "]";
  }
}
