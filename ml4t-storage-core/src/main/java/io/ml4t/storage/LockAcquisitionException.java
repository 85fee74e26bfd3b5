package io.ml4t.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lock of a key could not be had in time. Nothing was done; the call may be tried again. */
public class LockAcquisitionException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final transient StorageKey key;
  private final transient Duration waited;
  private final transient @Nullable Holder holder;

  /**
   * An error for a lock that was not granted.
   *
   * @param key the key whose lock was wanted
   * @param waited how long was waited
   * @param holder who stands in the way, or null if it is another process
   */
  public LockAcquisitionException(StorageKey key, Duration waited, @Nullable Holder holder) {
    super(
        "Cannot lock "
            + key
            + ": waited "
            + waited.toMillis()
            + " ms; "
            + (holder == null ? "it is held by another process" : holder)
            + ". Raise the lock timeout, or end the holder");
    this.key = key;
    this.waited = waited;
    this.holder = holder;
  }

  /** The key whose lock was wanted. */
  public StorageKey key() {
    return key;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }

  /** Who stood in the way, or nothing if it was another process. */
  public Optional<Holder> holder() {
    return Optional.ofNullable(holder);
  }

  /**
   * The request, in this process, that stood in the way of another.
   *
   * @param thread the name of the thread that made the request
   * @param operation what the lock was requested for
   * @param since when the lock was granted or, if it was not, requested
   * @param waiting true if that request was itself still waiting, for another of its keys or for
   *     another process
   */
  public record Holder(String thread, String operation, Instant since, boolean waiting) {
    /** A clause such as "it is held by thread 'main' for 'write' since 2026-03-01T10:00:00Z". */
    @Override
    public String toString() {
      return (waiting ? "first in line is" : "it is held by")
          + " thread '"
          + thread
          + "' for '"
          + operation
          + "' since "
          + since;
    }
  }
}
