package io.ml4t.storage;

import java.time.Duration;

/**
 * The store has as much to do as it may take on, and the call has waited for as long as it may.
 * Nothing was done; the call may be made again once others have ended.
 */
public class StorageOverloadedException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final int running;
  private final long runningBytes;
  private final int waiting;
  private final long waitingBytes;
  private final transient Duration waited;

  /**
   * An error for a call that there was no room for.
   *
   * @param operation what was asked for
   * @param running how many operations were under way
   * @param runningBytes what their frames take, in bytes, about
   * @param waiting how many others waited
   * @param waitingBytes what their frames take, in bytes, about
   * @param waited how long the call has waited
   */
  public StorageOverloadedException(
      String operation,
      int running,
      long runningBytes,
      int waiting,
      long waitingBytes,
      Duration waited) {
    super(
        "Cannot take on '%s': waited %d ms, while %d operations with %d bytes of frames were under way and %d with %d bytes waited; call more slowly, or raise the limits"
            .formatted(operation, waited.toMillis(), running, runningBytes, waiting, waitingBytes));
    this.running = running;
    this.runningBytes = runningBytes;
    this.waiting = waiting;
    this.waitingBytes = waitingBytes;
    this.waited = waited;
  }

  /** How many operations were under way. */
  public int running() {
    return running;
  }

  /** What the frames of the operations under way took, in bytes, about. */
  public long runningBytes() {
    return runningBytes;
  }

  /** How many operations waited. */
  public int waiting() {
    return waiting;
  }

  /** What the frames of the operations that waited took, in bytes, about. */
  public long waitingBytes() {
    return waitingBytes;
  }

  /** How long the call has waited. */
  public Duration waited() {
    return waited;
  }
}
