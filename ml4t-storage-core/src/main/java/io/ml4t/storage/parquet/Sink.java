package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing byte array that is written to, little-endian, and used again. Not thread-safe. */
final class Sink {
  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  /** The bytes written, from 0 to {@link #size}. Replaced when the sink grows. */
  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  /** Drops what was written from that size on. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** Makes room for more bytes, so that the array may be written to directly. */
  byte[] reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
    return bytes;
  }

  /** Counts bytes that were put into the array directly. */
  void advance(int written) {
    size += written;
  }

  void put(int value) {
    reserve(1)[size++] = (byte) value;
  }

  void put(byte[] source, int from, int length) {
    System.arraycopy(source, from, reserve(length), size, length);
    size += length;
  }

  void putInt(int value) {
    LittleEndian.putInt(reserve(4), size, value);
    size += 4;
  }

  void putLong(long value) {
    LittleEndian.putLong(reserve(8), size, value);
    size += 8;
  }

  /** Seven bits a byte, the lowest first (ULEB128). */
  void putVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~127L) != 0) {
      bytes[size++] = (byte) (rest | 128);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putZigzag(long value) {
    putVarint(value << 1 ^ value >> 63);
  }

  /** An exact copy of what was written. */
  ByteBuffer copy() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size));
  }
}
