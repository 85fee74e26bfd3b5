package io.ml4t.storage.lock;

/**
 * The right to a set of keys, until it is closed. Any thread may close it; closing it again does
 * nothing.
 */
public interface Lease extends AutoCloseable {

  /**
   * Whether the keys are still held: true until the lease is closed, unless the operating system
   * has dropped the locks because the lock file was closed behind the store's back.
   */
  boolean isValid();

  /** Gives the keys up and lets those who wait for them go on. Never fails. */
  @Override
  void close();
}
