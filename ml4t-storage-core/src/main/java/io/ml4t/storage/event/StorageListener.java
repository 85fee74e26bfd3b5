package io.ml4t.storage.event;

import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.List;

/**
 * Hears what a store does, for metrics and tracing. Every method does nothing unless overridden.
 *
 * <p>Called by many threads at once, often while a lock is held, so it must be fast and must not
 * wait. The store's result does not depend on it: what it throws is logged and ignored. It hears
 * the store from the moment that {@code build()} is called on; what was found at the start is in
 * {@code FileSystemStorage.status()}.
 */
public interface StorageListener {

  /** Hears nothing. */
  StorageListener NONE = new StorageListener() {};

  /**
   * A caller has asked for an operation. Runs on the caller's thread, before the store takes the
   * operation up, so that a trace can join the caller's.
   *
   * @return hears how the operation ends, exactly once
   */
  default OperationListener operationStarted(StorageOperation operation) {
    return OperationListener.NONE;
  }

  /**
   * Locks on keys were granted. Runs on the requesting thread where there was nothing to wait for,
   * else on one of the store's.
   *
   * @param operation what they were requested for
   * @param keys how many
   * @param waited how long the request waited
   */
  default void lockGranted(String operation, int keys, Duration waited) {}

  /** Locks on keys were not granted in time, or the store was closed first. */
  default void lockRefused(String operation, int keys, Duration waited) {}

  /**
   * Locks on keys were given up. Runs on the thread that gives them up, after those that wait for
   * them go on.
   */
  default void lockReleased(String operation, int keys, Duration held) {}

  /** A commit record was written. Runs on the thread that wrote it, while others wait for it. */
  default void committed(GroupCommit commit) {}

  /**
   * A frame was encoded, to be committed.
   *
   * @param rows how many it has
   * @param bytes its size as a Parquet file
   */
  default void frameWritten(long rows, long bytes) {}

  /**
   * A stored frame was read and decoded, in all columns or some.
   *
   * @param rows how many it has
   * @param bytes its size as a Parquet file
   */
  default void frameRead(long rows, long bytes) {}

  /**
   * Work is to be tried again after a delay.
   *
   * @param reason {@code lock}: a lock was not granted in time; {@code conflict}: another writer
   *     was faster than a transaction
   * @param attempts how often it has failed
   * @param error the newest failure
   */
  default void retried(String reason, int attempts, Throwable error) {}

  /**
   * The plain files of a key show its newest version.
   *
   * @param took how long the files took to write
   */
  default void published(StorageKey key, Duration took) {}

  /** The plain files of a key could not be written; they are tried again. */
  default void publicationFailed(StorageKey key, Throwable error) {}

  /** Tells each of the listeners, in their order; nothing that one throws gets out. */
  static StorageListener guarded(List<StorageListener> listeners) {
    return listeners.isEmpty() ? NONE : new GuardedListener(List.copyOf(listeners));
  }
}
