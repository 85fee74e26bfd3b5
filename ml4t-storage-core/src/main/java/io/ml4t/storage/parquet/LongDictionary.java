package io.ml4t.storage.parquet;

import java.util.Arrays;

/**
 * Numbers the distinct values of a column in the order in which they come: a hash table with open
 * addressing that is kept and used again. Not thread-safe.
 */
final class LongDictionary {
  /** Values after which it is clear whether they repeat. */
  private static final int PROBE = 4096;

  private static final int EMPTY = -1;

  private long[] values = new long[64];
  private int[] slots = new int[0];
  private int size;

  /** The number of distinct values. */
  int size() {
    return size;
  }

  /** The distinct values, from 0 to {@link #size}. */
  long[] values() {
    return values;
  }

  /** The bytes that the table takes. */
  long bytes() {
    return 8L * values.length + 4L * slots.length;
  }

  /**
   * Numbers the values.
   *
   * @param ids gets the number of each value
   * @param limit the most distinct values that are worth it
   * @return whether there are at most so many, and few among the first too
   */
  boolean build(long[] column, int count, int[] ids, int limit) {
    size = 0;
    int buckets = Integer.highestOneBit(Math.max(8, Math.min(count, limit + 1))) << 2;
    if (slots.length < buckets) {
      slots = new int[buckets];
    }
    Arrays.fill(slots, 0, buckets, EMPTY);
    for (int i = 0; i < count; i++) {
      int id = number(column[i], buckets - 1);
      ids[i] = id;
      if (size > limit || (i == PROBE && size > PROBE / 2)) {
        return false;
      }
    }
    return true;
  }

  private int number(long value, int mask) {
    // Fibonacci hashing; the high bits, which depend on all bits, choose the slot.
    int slot = (int) ((value * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    int id;
    while ((id = slots[slot]) != EMPTY) {
      if (values[id] == value) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size] = value;
    slots[slot] = size;
    return size++;
  }
}
