package io.ml4t.storage.parquet;

import java.util.Arrays;

/** Numbers of a fixed number of bits, one after the other, the lowest bit of each byte first. */
final class BitPacking {
  private BitPacking() {}

  /** The number of bits that a value takes; 0 for zero. */
  static int width(long value) {
    return 64 - Long.numberOfLeadingZeros(value);
  }

  /** The number of whole bytes that so many values take. */
  static long bytes(long count, int width) {
    return (count * width + 7) >>> 3;
  }

  /**
   * Unpacks {@code count} values of {@code width} bits, at most 32. The caller has checked that the
   * array holds them.
   */
  static void unpack(byte[] in, int at, int width, int[] out, int from, int count) {
    if (width == 0) {
      Arrays.fill(out, from, from + count, 0);
      return;
    }
    int mask = (int) ((1L << width) - 1);
    int fast = countWithinLongs(in, at, width, count);
    long bit = 0;
    for (int i = 0; i < fast; i++, bit += width) {
      out[from + i] = (int) (LittleEndian.getLong(in, at + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
    }
    for (int i = fast; i < count; i++, bit += width) {
      out[from + i] = (int) tail(in, at + (int) (bit >>> 3), (int) bit & 7, width);
    }
  }

  /** Unpacks {@code count} values of {@code width} bits, at most 64. */
  static void unpack(byte[] in, int at, int width, long[] out, int from, int count) {
    if (width == 0) {
      Arrays.fill(out, from, from + count, 0);
      return;
    }
    // With its offset of up to 7 bits, a wider value does not fit into one long.
    int fast = width <= 57 ? countWithinLongs(in, at, width, count) : 0;
    long mask = -1L >>> (64 - width);
    long bit = 0;
    for (int i = 0; i < fast; i++, bit += width) {
      out[from + i] = LittleEndian.getLong(in, at + (int) (bit >>> 3)) >>> (bit & 7) & mask;
    }
    for (int i = fast; i < count; i++, bit += width) {
      out[from + i] = tail(in, at + (int) (bit >>> 3), (int) bit & 7, width);
    }
  }

  /** Packs {@code count} values, padded with zeros to a multiple of eight values. */
  static void pack(int[] values, int from, int count, int width, Sink out) {
    int padded = (count + 7) & ~7;
    byte[] target = out.reserve((int) bytes(padded, width) + 8);
    int at = out.size();
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      pending |= (values[from + i] & 0xFFFFFFFFL) << bits;
      bits += width;
      if (bits >= 32) {
        LittleEndian.putInt(target, at, (int) pending);
        at += 4;
        pending >>>= 32;
        bits -= 32;
      }
    }
    finish(out, target, at, pending, bytes(padded, width));
  }

  /** Packs {@code count} values of up to 64 bits; {@code count} is a multiple of eight. */
  static void pack(long[] values, int from, int count, int width, Sink out) {
    byte[] target = out.reserve((int) bytes(count, width) + 16);
    int at = out.size();
    long pending = 0;
    int bits = 0;
    for (int i = 0; i < count; i++) {
      long value = values[from + i];
      pending |= value << bits;
      bits += width;
      if (bits >= 64) {
        LittleEndian.putLong(target, at, pending);
        at += 8;
        bits -= 64;
        pending = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    finish(out, target, at, pending, bytes(count, width));
  }

  private static void finish(Sink out, byte[] target, int at, long pending, long packed) {
    int end = out.size() + (int) packed;
    long rest = pending;
    for (int i = at; i < end; i++) {
      target[i] = (byte) rest;
      rest >>>= 8;
    }
    out.advance((int) packed);
  }

  /**
   * How many of the values lie within a long that begins at their first byte and ends in bounds.
   */
  private static int countWithinLongs(byte[] in, int at, int width, int count) {
    long lastStart = in.length - 8L - at;
    return lastStart < 0 ? 0 : (int) Math.min(count, (lastStart * 8 + 7) / width + 1);
  }

  private static long tail(byte[] in, int at, int shift, int width) {
    long low = 0;
    int bytes = (shift + width + 7) >>> 3;
    for (int i = 0; i < Math.min(bytes, 8); i++) {
      low |= (in[at + i] & 255L) << (8 * i);
    }
    long value = low >>> shift;
    if (bytes > 8) {
      value |= (in[at + 8] & 255L) << (64 - shift);
    }
    return width == 64 ? value : value & ((1L << width) - 1);
  }
}
