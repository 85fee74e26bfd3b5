package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The plain files of keys below a root, whoever wrote them: which there are, that none is outside,
 * and what is known of each beside its rows. Thread-safe.
 */
public final class PlainFolder {
  private static final List<String> SIDECARS = List.of(StoreLayout.JSON, StoreLayout.MANIFEST);

  private final StoreFiles files;
  private final Path root;
  private final PlainNames names;

  private PlainFolder(StoreFiles files, Path root, PlainNames names) {
    this.files = files;
    this.root = root;
    this.names = names;
  }

  /**
   * The files below a root.
   *
   * @param root a real path
   */
  public static PlainFolder at(StoreFiles files, Path root) throws IOException {
    return new PlainFolder(files, root, PlainNames.below(files, root, root));
  }

  /** The files below the root of a store. */
  static PlainFolder of(StoreFiles files, StoreLayout layout) throws IOException {
    // The name of the root itself may be on another file system.
    PlainNames names = PlainNames.below(files, layout.root, layout.internal);
    return new PlainFolder(files, layout.root, names);
  }

  /** What a frame's footer says of it, so that it can be told whose it is without a sidecar. */
  public static Map<String, String> footer(DataObject data) {
    return Map.of(
        FrameStore.KEY, data.key().toString(), FrameStore.METADATA, data.metadata().toJson());
  }

  /** The file of a key with that extension. */
  public Path file(StorageKey key, String extension) throws IOException {
    return names.file(key, extension);
  }

  /** The folder that a key's files are in. */
  public Path folder(StorageKey key) throws IOException {
    return names.folder(key);
  }

  /** Whether keys that differ in the case of letters only would have the same file. */
  boolean ignoresCase() {
    return names.ignoreCase();
  }

  /**
   * Refuses a key whose files would be outside the root.
   *
   * @throws PathTraversalException if a symbolic link leads there
   */
  public void checkInside(StorageKey key) {
    Path real;
    try {
      real = files.realPath(file(key, StoreLayout.PARQUET));
    } catch (NoSuchFileException e) {
      throw new PathTraversalException(
          "Cannot use key " + key + ": the symbolic link at " + e.getFile() + " leads nowhere");
    } catch (IOException e) {
      throw new StorageException("Cannot look at the file of " + key + ": " + e, e);
    }
    if (!real.startsWith(root)) {
      throw new PathTraversalException(
          "Cannot use key " + key + ": a symbolic link leads out of the data root, to " + real);
    }
  }

  /**
   * Every Parquet file whose path is that of a key: exactly three parts below the root.
   *
   * @param strange is told of each whose path is not, or that is a folder or a link
   */
  public Map<StorageKey, StoreFiles.Stat> scan(BiConsumer<Path, StorageException> strange)
      throws IOException {
    return scan(Runnable::run, strange);
  }

  /** As the other, but looks at as many files at a time as the executor has threads. */
  Map<StorageKey, StoreFiles.Stat> scan(
      Executor executor, BiConsumer<Path, StorageException> strange) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (String assetClass : files.list(root)) {
      if (assetClass.startsWith(".")) {
        continue;
      }
      Path first = root.resolve(assetClass);
      for (String frequency : files.list(first)) {
        Path folder = first.resolve(frequency);
        String prefix = assetClass + "/" + frequency + "/";
        for (String name : files.list(folder)) {
          if (name.endsWith(StoreLayout.PARQUET)) {
            candidates.add(new Candidate(folder, prefix, name));
          }
        }
      }
    }
    Map<StorageKey, StoreFiles.Stat> found = new HashMap<>(candidates.size() * 2);
    Parts.look(executor, candidates, candidate -> look(candidate, strange))
        .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    return found;
  }

  /** A file that may be a key's: its folder, what the key begins with, and its name. */
  private record Candidate(Path folder, String prefix, String name) {
    String key() {
      return prefix + name.substring(0, name.length() - StoreLayout.PARQUET.length());
    }
  }

  private Map.@Nullable Entry<StorageKey, StoreFiles.Stat> look(
      Candidate candidate, BiConsumer<Path, StorageException> strange) throws IOException {
    Path file = candidate.folder.resolve(candidate.name);
    StoreFiles.Stat stat = files.stat(file);
    try {
      StorageKey key = names.key(candidate.key());
      if (stat != null) {
        return Map.entry(key, stat);
      }
      strange.accept(
          file, new InvalidDataException("Cannot use " + file + ": it is no regular file"));
    } catch (InvalidKeyException e) {
      strange.accept(file, e);
    }
    return null;
  }

  /**
   * What is known of a plain frame: from the newer of its sidecars, else from its footer, else from
   * its path. A sidecar that is older than the frame is that of a frame before; where the footer
   * knows better, it counts.
   *
   * @param footer the key/value metadata of the frame's file
   * @throws InvalidDataException if the sidecar is not, or not yet, metadata
   */
  public Metadata metadata(StorageKey key, StoreFiles.Stat frame, Map<String, String> footer)
      throws IOException {
    Sidecar sidecar = sidecar(key);
    String own = footer.get(FrameStore.METADATA);
    if (own != null && (sidecar == null || sidecar.modified < frame.modified())) {
      return Metadata.parse(own).withKey(key);
    }
    if (sidecar == null) {
      return Metadata.builder(key.assetClass(), key.frequency(), key.symbol()).build();
    }
    try {
      ByteBuffer json = files.read(sidecar.file, 0, Integer.MAX_VALUE - 8);
      return Metadata.parse(StandardCharsets.UTF_8.decode(json).toString()).withKey(key);
    } catch (NoSuchFileException e) {
      return metadata(key, frame, footer); // Gone since.
    } catch (InvalidDataException | InvalidKeyException e) {
      throw new InvalidDataException(
          "Cannot use " + root.relativize(sidecar.file) + ": " + e.getMessage(), e);
    }
  }

  /**
   * What another program says of a frame in a file beside it.
   *
   * @param modified when it was last changed, in nanoseconds since the epoch
   */
  record Sidecar(Path file, long modified) {}

  /** The newer of a key's sidecars, null where there is none. */
  @Nullable Sidecar sidecar(StorageKey key) throws IOException {
    Sidecar newest = null;
    for (String extension : SIDECARS) {
      Path file = file(key, extension);
      StoreFiles.Stat stat = files.stat(file);
      if (stat != null && (newest == null || stat.modified() > newest.modified)) {
        newest = new Sidecar(file, stat.modified());
      }
    }
    return newest;
  }
}
