package io.ml4t.storage.directory;

import io.ml4t.storage.filesystem.StoreFiles;
import io.ml4t.storage.filesystem.StoreFiles.Stat;
import io.ml4t.storage.filesystem.StoreFiles.Traits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Files on their way into a directory: written and synced under a name that nobody reads, then
 * renamed. What a crash leaves behind is deleted when the directory is opened an hour later.
 */
final class Staging {
  private static final Duration LEFT_BEHIND = Duration.ofHours(1);

  private final StoreFiles files;
  private final Path root;
  private final Path folder;

  Staging(StoreFiles files, Path root) {
    this.files = files;
    this.root = root;
    this.folder = root.resolve(".staging");
  }

  /** Deletes what a crash has left behind. */
  void clean() throws IOException {
    long oldest =
        TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - LEFT_BEHIND.toMillis());
    for (String name : files.list(folder)) {
      Stat stat = files.stat(folder.resolve(name));
      if (stat != null && stat.modified() < oldest) {
        files.delete(folder.resolve(name));
      }
    }
  }

  /** A file that is deleted when it is closed, unless it has found its place. */
  record File(StoreFiles files, Path path) implements AutoCloseable {
    void replace(Path target) throws IOException {
      files.replace(path, target);
    }

    void link(Path target) throws IOException {
      files.link(path, target);
    }

    @Override
    public void close() throws IOException {
      files.delete(path);
    }
  }

  /** Writes and syncs a file. */
  File create(List<ByteBuffer> content, long micros) throws IOException {
    files.createDirectories(folder);
    File file = new File(files, folder.resolve(UUID.randomUUID().toString()));
    try {
      files.create(
          file.path, content, new Traits(TimeUnit.MICROSECONDS.toNanos(micros), false, true));
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /** Creates a folder below the root, durably. */
  void createFolders(Path target) throws IOException {
    List<Path> parents = new ArrayList<>();
    for (Path path = target; path != null && !path.equals(root); path = path.getParent()) {
      if (!files.exists(path)) {
        parents.add(path.resolveSibling(""));
      }
    }
    files.createDirectories(target);
    for (Path parent : parents) {
      sync(parent);
    }
  }

  /** Makes the names in a folder durable. */
  void sync(Path target) throws IOException {
    files.syncDirectory(target);
  }
}
