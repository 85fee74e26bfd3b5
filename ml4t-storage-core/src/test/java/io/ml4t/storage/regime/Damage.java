package io.ml4t.storage.regime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What a failing disk does to one file: a bit is another, or the end is gone. The file's times stay
 * as they are.
 *
 * @param file below the data root
 * @param offset of the flipped bit's byte, or where the file ends now
 * @param bit which bit is flipped, -1 to cut the file
 */
record Damage(Path file, int offset, int bit) {

  /** Damages over all regions of every file below a root, as many per file. */
  static List<Damage> of(Path root, int perFile, Random random) throws IOException {
    List<Damage> all = new ArrayList<>();
    for (Path file : files(root)) {
      int size = Math.toIntExact(Files.size(file));
      for (int i = 0; size > 0 && i < perFile; i++) {
        // One in each of so many regions, so that none is left out by chance.
        int start = (int) ((long) size * i / perFile);
        int end = Math.max(start + 1, (int) ((long) size * (i + 1) / perFile));
        int offset = Math.min(size - 1, start + random.nextInt(end - start));
        int bit = i % 4 == 3 ? -1 : random.nextInt(8);
        all.add(new Damage(root.relativize(file), offset, bit));
      }
    }
    return all;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Does it to the file below another root. */
  void apply(Path root) throws IOException {
    Path target = root.resolve(file);
    FileTime modified = Files.getLastModifiedTime(target);
    byte[] content = Files.readAllBytes(target);
    if (bit < 0) {
      content = Arrays.copyOf(content, offset);
    } else {
      content[offset] ^= (byte) (1 << bit);
    }
    Files.delete(target);
    Files.write(target, content);
    Files.setLastModifiedTime(target, modified);
  }

  /** Copies a data root with its times. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Deletes a data root, of which a whole regime would leave thousands. */
  static void delete(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What kind of file it is, such as {@code log} or {@code plain .json}. */
  String kind() {
    if (file.startsWith(".ml4t")) {
      return file.getName(1).toString();
    }
    String name = file.getFileName().toString();
    return "plain " + name.substring(name.indexOf('.'));
  }

  @Override
  public String toString() {
    return bit < 0 ? file + " cut to " + offset : file + " byte " + offset + " bit " + bit;
  }
}
