package io.ml4t.storage.io;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a folder and the folders in it, in the order of their names. Names that begin with a
 * dot are passed over; symbolic links to folders are not followed.
 *
 * @param folder the folder
 * @param keys which files are meant, and their keys
 * @param format reads each
 */
public record Folder(Path folder, KeyMapping keys, FrameReader format) implements ImportSource {

  @Override
  public long forEach(Visitor visitor) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    long ignored = 0;
    for (Map.Entry<String, Path> file : files().entrySet()) {
      String name = file.getKey();
      Optional<Step<StorageKey>> key = key(name);
      if (key.isPresent()) {
        visitor.visit(name, key.get(), () -> format.read(file.getValue()));
      } else {
        ignored++;
      }
    }
    return ignored;
  }

  /** The key or what is wrong with it; empty for a file that is not meant. */
  private Optional<Step<StorageKey>> key(String name) {
    try {
      StorageKey key = keys.keyOf(name);
      return key == null ? Optional.empty() : Optional.of(() -> key);
    } catch (InvalidKeyException e) {
      return Optional.of(
          () -> {
            throw e;
          });
    }
  }

  private NavigableMap<String, Path> files() throws IOException {
    NavigableMap<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return !visited.equals(folder) && isHidden(visited)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && Files.isRegularFile(file)) {
              files.put(name(file), file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
