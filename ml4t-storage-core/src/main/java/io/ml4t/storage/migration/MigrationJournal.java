package io.ml4t.storage.migration;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys were begun, and which are done: a text file to which each adds a line. It is not
 * synced, for what a power cut takes from its end is only done again.
 *
 * <p>A key that was begun and is not done may be in the target or not; it is compared first.
 */
final class MigrationJournal implements AutoCloseable {
  private static final String HEADER = "ml4t-migration 1";
  private static final String BEGUN = "begun ";
  private static final String DONE = "done ";

  private final Path file;
  private final FileChannel channel;

  /** The version of each key that was done, -1 where it was only begun. */
  private final Map<String, Long> known = new ConcurrentHashMap<>();

  private MigrationJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens or begins a journal, which nobody else may use meanwhile.
   *
   * @throws StorageException if it cannot be
   */
  static MigrationJournal open(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          throw new OverlappingFileLockException();
        }
        MigrationJournal journal = new MigrationJournal(file, channel);
        journal.load();
        return journal;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (OverlappingFileLockException e) {
      throw new StorageException(
          "Cannot use journal " + file + ": another migration is using it", e);
    } catch (IOException e) {
      throw new StorageException("Cannot use journal " + file + ": " + e, e);
    }
  }

  private void load() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // A short read is legal.
    }
    String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    // A kill may have left half a line, which says nothing.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    if (whole.isEmpty() && (HEADER + "\n").startsWith(text)) {
      channel.truncate(0).position(0);
      append(HEADER);
      return;
    }
    if (!whole.startsWith(HEADER + "\n")) {
      throw new InvalidDataException(
          "Cannot use journal " + file + ": it is not the journal of a migration");
    }
    whole.lines().skip(1).forEach(this::load);
    long end = whole.getBytes(StandardCharsets.UTF_8).length;
    channel.truncate(end).position(end);
  }

  private void load(String line) {
    if (line.startsWith(BEGUN)) {
      known.put(line.substring(BEGUN.length()), -1L);
    } else if (line.startsWith(DONE)) {
      int space = line.lastIndexOf(' ');
      known.put(line.substring(DONE.length(), space), Long.parseLong(line.substring(space + 1)));
    }
  }

  boolean isDone(StorageKey key, long version) {
    Long done = known.get(key.toString());
    return done != null && done >= 0 && done == version;
  }

  boolean isBegun(StorageKey key) {
    return known.containsKey(key.toString());
  }

  void begin(StorageKey key) {
    note(BEGUN + key);
  }

  void done(StorageKey key, long version) {
    note(DONE + key + " " + version);
  }

  private void note(String line) {
    try {
      append(line);
    } catch (IOException e) {
      throw new StorageException("Cannot write to journal " + file + ": " + e, e);
    }
  }

  private synchronized void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Deletes the file, since all is done. */
  void finish() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StorageException("Cannot delete journal " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StorageException("Cannot close journal " + file + ": " + e, e);
    }
  }
}
