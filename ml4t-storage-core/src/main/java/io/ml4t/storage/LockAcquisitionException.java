package io.ml4t.storage;

import java.time.Duration;

/** The lock of a key could not be had in time. Nothing was done; the call may be tried again. */
public class LockAcquisitionException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final transient StorageKey key;
  private final transient Duration waited;

  /**
   * An error for a lock that was not granted.
   *
   * @param key the key whose lock was wanted
   * @param waited how long was waited
   * @param holder who holds it, as far as this process can know
   */
  public LockAcquisitionException(StorageKey key, Duration waited, String holder) {
    super(
        "Cannot lock "
            + key
            + ": waited "
            + waited.toMillis()
            + " ms; "
            + holder
            + ". Raise the lock timeout, or end the holder");
    this.key = key;
    this.waited = waited;
  }

  /** The key whose lock was wanted. */
  public StorageKey key() {
    return key;
  }

  /** How long was waited. */
  public Duration waited() {
    return waited;
  }
}
