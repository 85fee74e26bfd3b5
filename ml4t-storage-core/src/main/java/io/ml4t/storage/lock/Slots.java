package io.ml4t.storage.lock;

import io.ml4t.storage.StorageKey;

/**
 * The numbers that stand for keys, the same in every process and version: the offsets of their
 * bytes in the lock file.
 *
 * <p>From 0 to 1023 are the reserved slots, from 1024 to 2<sup>62</sup> - 1 those of the keys. Two
 * keys that share a slot exclude each other, which is harmless. Beside the slot of each key, 2
 * <sup>62</sup> further on, lies its turnstile.
 */
final class Slots {
  private static final long TURNSTILES = 1L << 62;
  private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Slots() {}

  /**
   * The slot of a key: the 64-bit FNV-1a hash (Fowler, Noll, Vo) of its text form, which is ASCII,
   * reduced as an unsigned number to the range of the keys.
   */
  static long of(StorageKey key) {
    String text = key.toString();
    long hash = FNV_OFFSET_BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return KeyLocks.RESERVED_SLOTS
        + Long.remainderUnsigned(hash, TURNSTILES - KeyLocks.RESERVED_SLOTS);
  }

  /** The offset of the byte that those who wait for a slot in other processes pass through. */
  static long turnstile(long slot) {
    return TURNSTILES + slot;
  }
}
