package io.ml4t.storage.filesystem;

import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.StoreFiles.Traits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named snapshots: one small file each, whose name is that of the tag, escaped like a symbol. It
 * holds the number of the commit, and the CRC-32C of both in hexadecimal.
 */
final class Tags {
  private final StoreFiles files;
  private final StoreLayout layout;
  private final boolean sync;

  Tags(StoreFiles files, StoreLayout layout, boolean sync) {
    this.files = files;
    this.layout = layout;
    this.sync = sync;
  }

  /**
   * Names a commit.
   *
   * @throws InvalidDataException if the name is taken
   */
  void add(String name, long sequence) throws IOException {
    Path file = file(name);
    Path staged = layout.staged();
    ByteBuffer content = content(file.getFileName().toString(), sequence);
    try {
      files.create(staged, List.of(content), new Traits(null, true, sync));
      files.link(staged, file);
      syncNames();
    } catch (FileAlreadyExistsException e) {
      throw new InvalidDataException(
          "Cannot tag commit " + sequence + ": the tag '" + name + "' exists already", e);
    } finally {
      files.delete(staged);
    }
  }

  /** Forgets a name; true where there was one. */
  boolean remove(String name) throws IOException {
    Path file = file(name);
    // By its stored name: where the case of letters is ignored, others would find the file too.
    boolean exists = files.list(layout.tags).contains(file.getFileName().toString());
    if (exists) {
      files.delete(file);
    }
    syncNames();
    return exists;
  }

  /** All names with their commits. */
  SortedMap<String, Long> all() throws IOException {
    SortedMap<String, Long> all = new TreeMap<>();
    for (String file : files.list(layout.tags)) {
      try {
        all.put(StorageKey.parse("tag/tag/" + file).symbol(), read(file));
      } catch (NoSuchFileException e) {
        // Removed meanwhile.
      } catch (InvalidKeyException e) {
        throw new CorruptDataException("tags/" + file, "its name is not that of a tag", e);
      }
    }
    return all;
  }

  Collection<Long> sequences() throws IOException {
    return all().values();
  }

  /**
   * The commit that a tag's file stands for.
   *
   * @throws CorruptDataException if it is not what was written
   */
  long read(String file) throws IOException {
    ByteBuffer content = files.read(layout.tags.resolve(file), 0, 64);
    String text = StandardCharsets.US_ASCII.decode(content.duplicate()).toString();
    try {
      long sequence = Long.parseLong(text.substring(0, Math.max(0, text.indexOf(' '))));
      if (content.equals(content(file, sequence))) {
        return sequence;
      }
    } catch (NumberFormatException e) {
      // Not even a number.
    }
    throw new CorruptDataException("tags/" + file, "it does not hold the number of a commit");
  }

  private static ByteBuffer content(String file, long sequence) {
    int crc = Crc.of(StandardCharsets.UTF_8.encode(file + ' ' + sequence));
    String text = sequence + " " + Integer.toHexString(crc) + "\n";
    return StandardCharsets.US_ASCII.encode(text);
  }

  private Path file(String name) {
    String escaped = StorageKey.of("tag", "tag", name).toString();
    return layout.tags.resolve(escaped.substring("tag/tag/".length()));
  }

  private void syncNames() throws IOException {
    if (sync) {
      files.syncDirectory(layout.tags);
    }
  }
}
