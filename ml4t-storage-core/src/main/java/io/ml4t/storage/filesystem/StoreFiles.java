package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every operation that the engine does on files, and no other. Narrow, so that a test can record
 * each, fail each, and cut the power after each.
 */
public interface StoreFiles {
  /**
   * What the file system says of a file.
   *
   * @param size in bytes
   * @param modified time of the last change, in nanoseconds since the epoch
   * @param inode tells files apart, null where the file system has no such thing
   */
  record Stat(long size, long modified, @Nullable Object inode) {
    /**
     * What {@code equals} says, which takes a record milliseconds to make ready at its first use.
     */
    boolean isSame(@Nullable Stat other) {
      return other != null
          && size == other.size
          && modified == other.modified
          && Objects.equals(inode, other.inode);
    }
  }

  /** Creates the folder, and those above it, unless they exist. */
  void createDirectories(Path folder) throws IOException;

  /**
   * How a file is made.
   *
   * @param modified its time of the last change in nanoseconds since the epoch, null for now
   * @param readOnly whether nobody may write to it, where the file system knows such a right
   * @param sync whether it must be on the device before it is used
   */
  record Traits(@Nullable Long modified, boolean readOnly, boolean sync) {}

  /**
   * Writes a file that must not exist yet; each part of the content is asked for when it is due.
   */
  void create(Path file, Iterable<ByteBuffer> content, Traits traits) throws IOException;

  /** Gives a file a second name; fails where that name is taken. */
  void link(Path file, Path name) throws IOException;

  /** Renames a file, replacing the target in one step. */
  void replace(Path from, Path to) throws IOException;

  /** Deletes a file, if it exists. */
  void delete(Path file) throws IOException;

  /** Makes the content of a file durable, whoever wrote it. */
  void sync(Path file) throws IOException;

  /** Makes the names in a folder durable. */
  void syncDirectory(Path folder) throws IOException;

  /** The state of a regular file, or null where there is none. Follows no symbolic link. */
  @Nullable Stat stat(Path file) throws IOException;

  /** Whether a file of that name exists; the cheapest look there is. */
  boolean exists(Path file);

  /**
   * The name that the file system keeps a file or folder under, null where there is none. Where
   * case is ignored, it may be another than it was asked for.
   */
  @Nullable String storedName(Path file) throws IOException;

  /** The path without symbolic links of the file, or of the nearest folder above it that exists. */
  Path realPath(Path file) throws IOException;

  /** The names in a folder, in no order; empty where there is no such folder. */
  List<String> list(Path folder) throws IOException;

  /** A part of a file, in an array of the heap; shorter only where the file ends. */
  ByteBuffer read(Path file, long offset, int length) throws IOException;

  /** A part of a file as memory that the file system pages in when it is touched. */
  ByteBuffer map(Path file, long offset, int length) throws IOException;
}
