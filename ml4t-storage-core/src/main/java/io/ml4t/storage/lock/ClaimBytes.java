package io.ml4t.storage.lock;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the lock file that one claim holds. They are taken in ascending order, so that no
 * two processes wait for each other.
 *
 * <p>Each slot lies behind a turnstile, a second byte that is held while the slot is being taken. A
 * process that waits for a slot keeps the turnstile, and thereby keeps the previous holder from
 * taking the slot again before it.
 */
final class ClaimBytes {
  private final LockFile file;
  private final long[] slots;
  private final List<FileLock> held;
  private @Nullable FileLock turnstile;
  private boolean released;

  ClaimBytes(LockFile file, long[] slots) {
    this.file = file;
    this.slots = slots;
    this.held = new ArrayList<>(slots.length);
  }

  /**
   * Goes on from where the last call had to stop.
   *
   * @return whether all bytes are held
   */
  synchronized boolean advance() throws IOException {
    while (!released && held.size() < slots.length) {
      long slot = slots[held.size()];
      if (slot >= KeyLocks.RESERVED_SLOTS && turnstile == null) {
        turnstile = file.tryLock(Slots.turnstile(slot));
        if (turnstile == null) {
          return false;
        }
      }
      FileLock lock = file.tryLock(slot);
      if (lock == null) {
        return false;
      }
      held.add(lock);
      leaveTurnstile();
    }
    return !released;
  }

  /** Gives up what is held, and takes nothing any more. */
  synchronized void release() {
    released = true;
    leaveTurnstile();
    held.forEach(file::release);
    held.clear();
  }

  private void leaveTurnstile() {
    if (turnstile != null) {
      file.release(turnstile);
      turnstile = null;
    }
  }

  /** Whether this process is the next to have the slot it waits for. */
  synchronized boolean isNext() {
    return turnstile != null;
  }

  /** The slot that another process holds. Meaningless once all bytes are held or given up. */
  synchronized long blockedAt() {
    return slots[Math.min(held.size(), slots.length - 1)];
  }

  /** Whether the operating system still knows of every lock. */
  synchronized boolean isValid() {
    return held.stream().allMatch(FileLock::isValid);
  }
}
