package io.ml4t.storage.lock;

import io.ml4t.storage.StorageKey;
import java.time.Instant;

/**
 * A key that is locked, or that someone waits for, in this process.
 *
 * @param key the key
 * @param operation what it was requested for
 * @param state whether it is held or awaited
 * @param since when it was granted or, while it is awaited, requested
 * @param thread the name of the thread that requested it
 */
public record LockInfo(
    StorageKey key, String operation, State state, Instant since, String thread) {

  /** Whether a key is held or awaited. */
  public enum State {
    /** All keys of the request are granted. */
    HELD,
    /** The request waits, for this key or for another that it wants with it. */
    AWAITED
  }
}
