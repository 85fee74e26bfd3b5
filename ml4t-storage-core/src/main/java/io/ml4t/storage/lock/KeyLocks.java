package io.ml4t.storage.lock;

import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Exclusive locks on keys. All methods may be called by any thread, and none blocks.
 *
 * <p>The locks belong to the lease, not to a thread, and are not reentrant: a holder who requests
 * the same key again waits for itself. Requests of several keys at once never deadlock; requesting
 * keys while holding others can, and then ends with the timeout.
 *
 * <p>A request that need not wait is granted on the calling thread, before {@link #acquire}
 * returns. The future of one that waits is completed on the executor that the locks were made with,
 * so what depends on it runs there: never on the timer's thread nor on that of the previous holder.
 * The executor should hand tasks to other threads. One that runs them at once on the caller nests
 * the waiters of a key on one stack. If it refuses a task, the waiter fails.
 */
public interface KeyLocks extends AutoCloseable {

  /** How many slots there are beside the keys, for a store's own use. */
  int RESERVED_SLOTS = 1024;

  /**
   * Requests keys. They are granted together or not at all, in the order of the requests: no
   * request overtakes an earlier one that wants one of its keys.
   *
   * <p>Cancelling the future, or completing it in any other way, withdraws the request. What was
   * granted in the same instant is given up.
   *
   * @param keys the keys; duplicates count once
   * @param timeout how long to wait; with zero, the request is granted at once or fails
   * @param operation what the lock is for, as shown to those who wait for it
   * @return a future that fails with {@link LockAcquisitionException} when the time is over, with
   *     {@link StorageClosedException} when these locks are closed first, and with {@link
   *     StorageException} when the lock file cannot be used
   * @throws IllegalArgumentException if the timeout is negative
   */
  CompletableFuture<Lease> acquire(Collection<StorageKey> keys, Duration timeout, String operation);

  /**
   * Takes a reserved slot if nobody has it, in this process or another. Reserved slots are not
   * listed by {@link #locks()}.
   *
   * @param slot from 0 to {@link #RESERVED_SLOTS} - 1
   * @param operation what the slot is for
   * @return the lease, or nothing if the slot is taken
   * @throws StorageClosedException if these locks are closed
   * @throws StorageException if the lock file cannot be used
   * @throws IndexOutOfBoundsException if there is no such slot
   */
  Optional<Lease> tryReserved(int slot, String operation);

  /** The keys held and awaited in this process, by key and then in the order of the requests. */
  List<LockInfo> locks();

  /**
   * Fails the requests that wait, with {@link StorageClosedException} and on the calling thread,
   * and refuses new ones. Leases already granted stay valid until they are closed.
   */
  @Override
  void close();

  /**
   * Locks that exclude those who use the same object.
   *
   * @param executor completes the requests that had to wait
   */
  static KeyLocks inProcess(Executor executor) {
    return new QueuedKeyLocks(new ClaimQueues(), null, executor, SystemTimer.INSTANCE, Slots::of);
  }

  /**
   * Locks that exclude everybody who uses the same file, in this process or another. Waiting for
   * another process is polling, at most 32 ms apart; a process that waits is served before the one
   * that holds the key can take it again.
   *
   * <p>The locks are byte-range locks of the operating system ({@link java.nio.channels.FileLock}),
   * so they end with the process that holds them, however it ends. They are made for local file
   * systems. On POSIX systems they do not exclude users of {@code flock}, and are dropped when any
   * other code of this process opens and closes the file. The file stays empty, and is never
   * deleted.
   *
   * @param lockFile the file; it and its folders are created if missing. It must not be a symbolic
   *     link
   * @param executor completes the requests that had to wait
   * @throws StorageException if the file cannot be created or opened
   */
  static KeyLocks file(Path lockFile, Executor executor) {
    return file(lockFile, executor, StorageListener.NONE);
  }

  /**
   * Like {@link #file(Path, Executor)}, with a listener that hears of each request of keys.
   *
   * @param listener throws nothing
   */
  static KeyLocks file(Path lockFile, Executor executor, StorageListener listener) {
    LockFile file = LockFile.open(lockFile, LockFile::openChannel, SystemTimer.INSTANCE);
    return new QueuedKeyLocks(
        file.queues(), file, executor, SystemTimer.INSTANCE, Slots::of, listener);
  }
}
