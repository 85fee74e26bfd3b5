package io.ml4t.storage.parquet;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;

/**
 * The values of one column in one row group, nulls left out: all numbers as the bits of longs, so
 * that encoders know two forms only; or text.
 */
final class ColumnValues {
  private static final String[] NO_TEXT = new String[0];

  private final ColumnType type;
  private final int width;
  private final long[] bits;
  private final String[] texts;
  private final int count;

  ColumnValues(ColumnType type, int width, long[] bits, String[] texts, int count) {
    this.type = type;
    this.width = width;
    this.bits = bits;
    this.texts = texts;
    this.count = count;
  }

  ColumnType type() {
    return type;
  }

  /** The bytes of a number in the file; 0 for booleans and text. */
  int width() {
    return width;
  }

  /** The numbers: signed integers, or the raw bits of floating point numbers. */
  long[] bits() {
    return bits;
  }

  /** The text; empty for other types. */
  String[] texts() {
    return texts;
  }

  /** The number of values, which the array may exceed. */
  int count() {
    return count;
  }

  /**
   * The values of rows of a column, in an array of the scratch.
   *
   * @throws InvalidDataException if text is not valid Unicode
   */
  static ColumnValues of(String name, Column column, int from, int to, Scratch scratch) {
    if (column instanceof StringColumn strings) {
      return texts(name, strings, from, to);
    }
    long[] bits = scratch.longs(to - from);
    int width = fill(column, from, to, bits);
    int count = column.nullCount() == 0 ? to - from : compact(column, from, to, bits);
    return new ColumnValues(column.type(), width, bits, NO_TEXT, count);
  }

  private static int fill(Column column, int from, int to, long[] bits) {
    if (column instanceof DoubleColumn doubles) {
      double[] values = doubles.unsafeArray();
      for (int row = from; row < to; row++) {
        bits[row - from] = Double.doubleToRawLongBits(values[row]);
      }
      return 8;
    } else if (column instanceof LongColumn longs) {
      System.arraycopy(longs.unsafeArray(), from, bits, 0, to - from);
      return 8;
    } else if (column instanceof TimestampColumn timestamps) {
      System.arraycopy(timestamps.unsafeArray(), from, bits, 0, to - from);
      return 8;
    } else if (column instanceof FloatColumn floats) {
      float[] values = floats.unsafeArray();
      for (int row = from; row < to; row++) {
        bits[row - from] = Float.floatToRawIntBits(values[row]);
      }
      return 4;
    } else if (column instanceof BooleanColumn booleans) {
      boolean[] values = booleans.unsafeArray();
      for (int row = from; row < to; row++) {
        bits[row - from] = values[row] ? 1 : 0;
      }
      return 0;
    }
    int[] values =
        column instanceof DateColumn dates
            ? dates.unsafeArray()
            : ((IntColumn) column).unsafeArray();
    for (int row = from; row < to; row++) {
      bits[row - from] = values[row];
    }
    return 4;
  }

  private static int compact(Column column, int from, int to, long[] bits) {
    int count = 0;
    for (int row = from; row < to; row++) {
      if (!column.isNull(row)) {
        bits[count++] = bits[row - from];
      }
    }
    return count;
  }

  private static ColumnValues texts(String name, StringColumn column, int from, int to) {
    String[] texts = new String[to - from];
    int count = 0;
    for (int row = from; row < to; row++) {
      String text = column.get(row);
      if (text != null) {
        if (!Utf8.isEncodable(text)) {
          throw new InvalidDataException(
              "Cannot write column '"
                  + name
                  + "': the text in row "
                  + row
                  + " is not valid Unicode");
        }
        texts[count++] = text;
      }
    }
    return new ColumnValues(ColumnType.STRING, 0, new long[0], texts, count);
  }
}
