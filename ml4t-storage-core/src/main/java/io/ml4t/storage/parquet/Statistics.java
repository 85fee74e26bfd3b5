package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.ColumnType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The least and greatest value of a page or chunk, by the format's rules: where there is a NaN
 * there is neither, for it lies beyond any bounds and some engines drop a filter that the bounds
 * satisfy; a zero is negative as the least and positive as the greatest, for readers do not agree
 * on the order of the two; text compares by its bytes in UTF-8. Not thread-safe.
 */
final class Statistics {
  /** Longer text would bloat the footer; then there is neither a least nor a greatest. */
  private static final int MAX_TEXT_BYTES = 64;

  private final ColumnType type;
  private long nulls;
  private long rows;
  private boolean any;
  private boolean hasNaN;

  /** In an order-preserving form, see {@link #ordered}. */
  private long least;

  private long greatest;
  private @Nullable String leastText;
  private @Nullable String greatestText;

  Statistics(ColumnType type) {
    this.type = type;
  }

  /** Takes values in, and the number of nulls that are among them. */
  void add(ColumnValues values, int from, int count, int nullCount) {
    nulls += nullCount;
    rows += count + nullCount;
    if (type == ColumnType.STRING) {
      for (int i = from; i < from + count; i++) {
        addText(values.texts()[i]);
      }
      return;
    }
    boolean floating = type == ColumnType.DOUBLE || type == ColumnType.FLOAT;
    long min = any ? least : Long.MAX_VALUE;
    long max = any ? greatest : Long.MIN_VALUE;
    if (floating) {
      for (int i = from; i < from + count; i++) {
        long value = ordered(values.bits()[i]);
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    } else {
      for (int i = from; i < from + count; i++) {
        min = Math.min(min, values.bits()[i]);
        max = Math.max(max, values.bits()[i]);
      }
    }
    any = min <= max;
    // Beyond the infinities, in either direction, there is only NaN.
    long infinity = type == ColumnType.DOUBLE ? 0x7FF0000000000000L : 0x7F800000L;
    hasNaN |= floating && any && (max > infinity || min < ~infinity);
    least = min;
    greatest = max;
  }

  /** Takes the values of another in. */
  void add(Statistics other) {
    nulls += other.nulls;
    rows += other.rows;
    hasNaN |= other.hasNaN;
    if (other.leastText != null && other.greatestText != null) {
      addText(other.leastText);
      addText(other.greatestText);
    } else if (other.any) {
      least = any ? Math.min(least, other.least) : other.least;
      greatest = any ? Math.max(greatest, other.greatest) : other.greatest;
      any = true;
    }
  }

  private void addText(String text) {
    if (leastText == null || Utf8.compare(text, leastText) < 0) {
      leastText = text;
    }
    if (greatestText == null || Utf8.compare(text, greatestText) > 0) {
      greatestText = text;
    }
  }

  /**
   * The bits of a floating point number, as a long that compares as the number does; -0 before +0.
   * Its own inverse.
   */
  private long ordered(long bits) {
    return bits ^ (bits >> 63 & (type == ColumnType.FLOAT ? Integer.MAX_VALUE : Long.MAX_VALUE));
  }

  long nulls() {
    return nulls;
  }

  /** Whether there is nothing but nulls. */
  boolean isAllNull() {
    return nulls == rows;
  }

  /** The least value as PLAIN has it, or null where there is none or it is too long. */
  byte @Nullable [] min() {
    if (leastText != null) {
      return text(leastText, greatestText);
    }
    return any && !hasNaN ? number(least, true) : null;
  }

  /** The greatest value as PLAIN has it, or null where there is none or it is too long. */
  byte @Nullable [] max() {
    if (greatestText != null) {
      return text(greatestText, leastText);
    }
    return any && !hasNaN ? number(greatest, false) : null;
  }

  private static byte @Nullable [] text(String text, @Nullable String other) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean fits =
        bytes.length <= MAX_TEXT_BYTES
            && other != null
            && other.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT_BYTES;
    return fits ? bytes : null;
  }

  private byte[] number(long value, boolean isLeast) {
    long bits = value;
    int width = 8;
    switch (type) {
      case DOUBLE -> bits = zero(ordered(value), Long.MIN_VALUE, isLeast);
      case FLOAT -> {
        bits = zero(ordered(value), Integer.MIN_VALUE, isLeast);
        width = 4;
      }
      case INT, DATE -> width = 4;
      case BOOLEAN -> width = 1;
      default -> {}
    }
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = (byte) (bits >>> (8 * i));
    }
    return bytes;
  }

  private static long zero(long bits, long negativeZero, boolean isLeast) {
    boolean isZero = bits == 0 || bits == negativeZero;
    return isZero ? (isLeast ? negativeZero : 0) : bits;
  }

  /** Writes a {@code Statistics}, whose structure the caller has begun. */
  void write(ThriftWriter out) {
    out.i64(3, nulls);
    byte[] max = max();
    byte[] min = min();
    if (min != null && max != null) {
      out.binary(5, max).binary(6, min).bool(7, true).bool(8, true);
    }
    out.end();
  }
}
