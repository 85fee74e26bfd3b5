package io.ml4t.storage.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a durable commit costs at the very least: the bytes in a new file, synced, linked to its
 * final name, and the folder synced. No encoding, no index, no readers. Not thread-safe.
 */
final class BareCommits {
  /** What a small frame of bars takes with its share of a record. */
  private static final int SMALL = 7 * 1024;

  private final Path folder;
  private final byte[] bytes;
  private long sequence;

  /** Commits of the bytes of a small frame. */
  BareCommits(Path folder) throws IOException {
    this(folder, new byte[SMALL]);
  }

  /**
   * @param folder where the files go; created
   * @param bytes what each commit writes
   */
  BareCommits(Path folder, byte[] bytes) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.bytes = bytes;
  }

  /**
   * Makes one commit after another for a while.
   *
   * @return commits per second
   */
  double run(long nanos) throws IOException {
    long start = System.nanoTime();
    long commits = 0;
    long now = start;
    for (; now - start < nanos; now = System.nanoTime()) {
      commit();
      commits++;
    }
    return commits * 1e9 / (now - start);
  }

  /** Writes a new file without a sync, and removes the one before. */
  void write() throws IOException {
    Path file = folder.resolve("file");
    Files.deleteIfExists(file);
    write(file, false);
  }

  /** Makes a commit. The one before is removed, as a store would in time. */
  void commit() throws IOException {
    Path temporary = folder.resolve("temporary");
    write(temporary, true);
    Files.createLink(folder.resolve(++sequence + ".commit"), temporary);
    Files.delete(temporary);
    Files.deleteIfExists(folder.resolve(sequence - 1 + ".commit"));
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }

  private void write(Path file, boolean sync) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
        channel.write(buffer);
      }
      if (sync) {
        channel.force(true);
      }
    }
  }
}
