package io.ml4t.storage.parquet;

/** A range of an array: the values of a page, or a part of them. */
final class Bytes {
  private final byte[] array;
  private final int from;
  private final int to;

  Bytes(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  /** The array that holds the range; what lies outside the range belongs to others. */
  byte[] array() {
    return array;
  }

  /** The first byte. */
  int from() {
    return from;
  }

  /** The byte after the last. */
  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  /** The rest of the range, from {@code skipped} bytes on. */
  Bytes skip(int skipped) {
    MalformedException.check(skipped >= 0 && skipped <= length(), "a page is cut short");
    return new Bytes(array, from + skipped, to);
  }

  /** The range's first bytes. */
  Bytes head(int length) {
    MalformedException.check(length >= 0 && length <= length(), "a page is cut short");
    return new Bytes(array, from, from + length);
  }

  /** A little-endian number at the beginning of the range. */
  int leadingInt() {
    MalformedException.check(length() >= 4, "a page is cut short");
    return LittleEndian.getInt(array, from);
  }
}
