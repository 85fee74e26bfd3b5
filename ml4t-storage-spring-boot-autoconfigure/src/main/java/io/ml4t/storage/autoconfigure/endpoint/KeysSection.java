package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.KeyDescription;
import io.ml4t.storage.frame.ColumnType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is stored under a key, without its rows. The path is the asset class, the frequency and the
 * symbol; whatever slashes follow belong to the symbol.
 */
final class KeysSection implements EndpointSection {
  private final MetadataView metadata;

  KeysSection(MetadataView metadata) {
    this.metadata = metadata;
  }

  /** A key. */
  record StoredKey(
      String key,
      Map<String, ColumnType> columns,
      Map<String, @Nullable Object> metadata,
      List<StoredVersion> versions) {}

  /** One of its kept versions, sizes in bytes. */
  record StoredVersion(
      long sequence,
      Instant time,
      boolean deleted,
      long rows,
      long bytes,
      @Nullable Instant firstTimestamp,
      @Nullable Instant lastTimestamp) {
    static StoredVersion of(Version version) {
      return new StoredVersion(
          version.sequence(),
          version.time(),
          version.deleted(),
          version.rows(),
          version.bytes(),
          version.firstTimestamp(),
          version.lastTimestamp());
    }
  }

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public @Nullable Object read(Supplier<FileSystemStorage> store, Request request) {
    if (request.path().size() < 3) {
      return null;
    }
    StorageKey key = key(request.path());
    try {
      KeyDescription found = Waiting.on(store.get().maintenance().describe(key));
      return new StoredKey(
          key.toString(),
          found.columns(),
          metadata.of(found.metadata(), request.caller()),
          found.versions().stream().map(StoredVersion::of).toList());
    } catch (KeyNotFoundException e) {
      return null;
    }
  }

  private static StorageKey key(List<String> path) {
    try {
      return StorageKey.of(
          path.get(0), path.get(1), String.join("/", path.subList(2, path.size())));
    } catch (InvalidKeyException e) {
      throw new RefusedRequestException(e);
    }
  }
}
