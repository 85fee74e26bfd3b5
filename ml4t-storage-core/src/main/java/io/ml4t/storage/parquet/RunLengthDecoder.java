package io.ml4t.storage.parquet;

import java.util.Arrays;

/**
 * Parquet's hybrid of run lengths and bit packing, for dictionary indices, levels and booleans:
 * each run begins with a number whose lowest bit tells a repeated value (0) from packed groups of
 * eight (1).
 */
final class RunLengthDecoder {
  private final byte[] in;
  private final int end;
  private final int width;
  private int at;

  /** Values left in the current run. */
  private int left;

  /** Whether the current run is bit-packed. */
  private boolean packed;

  /** The value of a repeated run. */
  private int value;

  /** The bits of the current packed run that were read, from {@link #at} on. */
  private long bit;

  RunLengthDecoder(Bytes in, int width) {
    MalformedException.check(width <= 32, "values are wider than 32 bits");
    this.in = in.array();
    this.at = in.from();
    this.end = in.to();
    this.width = width;
  }

  /**
   * Makes sure that the runs hold so many values.
   *
   * @throws MalformedException if they hold fewer
   */
  void require(int count) {
    RunLengthDecoder ahead = new RunLengthDecoder(new Bytes(in, at, end), width);
    long held = 0;
    while (held < count) {
      ahead.nextRun();
      held += ahead.left;
      ahead.endPacked();
    }
  }

  /** Reads the next values. */
  void read(int[] out, int from, int count) {
    int to = from + count;
    for (int i = from; i < to; ) {
      if (left == 0) {
        nextRun();
      }
      int n = Math.min(left, to - i);
      if (packed) {
        unpack(out, i, n);
      } else {
        Arrays.fill(out, i, i + n, value);
        left -= n;
      }
      i += n;
    }
  }

  /**
   * The length of the repeated run that comes next, at most {@code max}; 0 where packed values come
   * next.
   */
  int repeated(int max) {
    if (left == 0) {
      nextRun();
    }
    return packed ? 0 : Math.min(left, max);
  }

  /**
   * The value of the run that {@link #repeated} found, some of whose values are now passed over.
   */
  int pass(int count) {
    left -= count;
    return value;
  }

  private void unpack(int[] out, int from, int count) {
    // Begin at a whole byte, so that the rest of the run can be unpacked by whole longs.
    int done = 0;
    while (done < count && (bit & 7) != 0) {
      int byteAt = at + (int) (bit >>> 3);
      long window = 0;
      for (int i = 0; i < 5 && byteAt + i < end; i++) {
        window |= (in[byteAt + i] & 255L) << (8 * i);
      }
      out[from + done++] = (int) (window >>> (bit & 7) & ((1L << width) - 1));
      bit += width;
    }
    BitPacking.unpack(in, at + (int) (bit >>> 3), width, out, from + done, count - done);
    bit += (long) width * (count - done);
    left -= count;
    if (left == 0) {
      endPacked();
    }
  }

  /** Moves behind a packed run. */
  private void endPacked() {
    if (packed) {
      at += (int) ((bit + (long) left * width + 7) >>> 3);
      left = 0;
      bit = 0;
    }
  }

  private void nextRun() {
    int header = varint();
    if ((header & 1) == 0) {
      packed = false;
      left = header >>> 1;
      value = repeatedValue();
      MalformedException.check(left > 0, "a run is empty");
    } else {
      packed = true;
      bit = 0;
      long count = (header >>> 1) * 8L;
      // The last run may lack the bytes of values that only pad it.
      long held = width == 0 ? count : Math.min(count, (end - at) * 8L / width);
      MalformedException.check(
          held > 0 && held <= Integer.MAX_VALUE, "a page holds fewer values than it claims");
      left = (int) held;
    }
  }

  private int repeatedValue() {
    int bytes = (width + 7) >>> 3;
    MalformedException.check(end - at >= bytes, "a page is cut short");
    int read = 0;
    for (int i = 0; i < bytes; i++) {
      read |= (in[at++] & 255) << (8 * i);
    }
    return read;
  }

  private int varint() {
    int read = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      MalformedException.check(at < end, "a page holds fewer values than it claims");
      byte b = in[at++];
      read |= (b & 127) << shift;
      if (b >= 0) {
        return read;
      }
    }
    throw new MalformedException("a run is too long");
  }
}
