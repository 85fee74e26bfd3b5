package io.ml4t.storage.lock;

import io.ml4t.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose bytes are locked against other processes, and the queues of those in this process
 * who claim them. Both are shared by all users of the file in this process, for POSIX drops all of
 * a process's locks on a file when any of its descriptors for that file is closed. The channel is
 * closed when the last user has left and the last claim has ended.
 *
 * <p>Of one byte, only the claim that is first in its queue may be at work.
 */
final class LockFile {

  /** Opens the channel. A seam for faults. */
  @FunctionalInterface
  interface Opener {
    FileChannel open(Path path) throws IOException;
  }

  /** A file by what the file system takes for one, so that no two names open it twice. */
  private record Identity(FileSystem fileSystem, Object file) {}

  private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
  private static final long RELEASE_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Guarded by itself; no file is opened or closed but under its lock. */
  private static final Map<Identity, LockFile> OPEN = new HashMap<>();

  private final Path path;
  private final Identity identity;
  private final FileChannel channel;
  private final LockTimer timer;
  private final ClaimQueues queues = new ClaimQueues();

  /** By offset, the locks that the operating system would not release. */
  private final Map<Long, FileLock> unreleased = new ConcurrentHashMap<>();

  private volatile int users;

  private LockFile(Path path, Identity identity, FileChannel channel, LockTimer timer) {
    this.path = path;
    this.identity = identity;
    this.channel = channel;
    this.timer = timer;
  }

  /**
   * The file at a path, for one more user, who ends with {@link #leave}.
   *
   * @throws StorageException if the file cannot be created or opened
   */
  static LockFile open(Path path, Opener opener, LockTimer timer) {
    synchronized (OPEN) {
      try {
        Identity identity = identify(path);
        LockFile file = OPEN.get(identity);
        if (file == null) {
          file = new LockFile(path, identity, opener.open(path), timer);
          OPEN.put(identity, file);
        }
        file.users++;
        return file;
      } catch (IOException e) {
        throw new StorageException("Cannot open lock file " + path + ": " + e, e);
      }
    }
  }

  static FileChannel openChannel(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Creates the file if it is missing. An existing one is not opened. */
  private static Identity identify(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(path.toAbsolutePath().getParent());
      try {
        Files.createFile(path);
      } catch (FileAlreadyExistsException e) {
        LOG.trace("Another process has created {}", path, e);
      }
    }
    Object key =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return new Identity(path.getFileSystem(), key != null ? key : path.toRealPath());
  }

  ClaimQueues queues() {
    return queues;
  }

  /**
   * Locks a byte, without waiting.
   *
   * @return the lock, or null if another process has it
   */
  @Nullable FileLock tryLock(long offset) throws IOException {
    FileLock kept = unreleased.isEmpty() ? null : unreleased.remove(offset);
    if (kept != null) {
      return kept;
    }
    try {
      return channel.tryLock(offset, 1, false);
    } catch (OverlappingFileLockException e) {
      // This class was loaded twice: its other copy has the byte, as another process would.
      return null;
    }
  }

  /**
   * Unlocks a byte. If the operating system refuses, the lock is kept for the next claim of this
   * process, and given up as soon as it lets us.
   */
  void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      LOG.warn("Cannot release byte {} of {}: {}", lock.position(), this, e.toString());
      keep(lock);
    }
  }

  private void keep(FileLock lock) {
    if (channel.isOpen()) {
      unreleased.put(lock.position(), lock);
      timer.schedule(() -> releaseKept(lock.position()), RELEASE_RETRY_NANOS);
    }
  }

  private void releaseKept(long offset) {
    FileLock kept = unreleased.remove(offset);
    if (kept != null) {
      try {
        kept.release();
      } catch (IOException e) {
        keep(kept);
      }
    }
  }

  @Override
  public String toString() {
    return "lock file " + path;
  }

  /** One user less. */
  void leave() {
    synchronized (OPEN) {
      users--;
    }
    closeIfUnused();
  }

  /** Closes the channel if there is neither user nor claim. To be called when a claim has ended. */
  void closeIfUnused() {
    if (users > 0) {
      return;
    }
    synchronized (OPEN) {
      if (users == 0 && queues.isEmpty() && OPEN.remove(identity, this)) {
        try {
          channel.close();
        } catch (IOException e) {
          LOG.warn("Cannot close {}: {}", this, e.toString());
        }
      }
    }
  }
}
