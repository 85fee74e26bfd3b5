package io.ml4t.storage.frame;

import java.util.function.IntPredicate;

/**
 * Turns a column into another type that can hold its values: int, long and double among each other
 * (never to int), float to double, timestamps to other units and time zone rules. Which rows can be
 * held is decided value by value, so that nothing is ever rounded.
 */
final class ExactCast {
  private ExactCast() {}

  /** Whether the other's type holds every value of a column exactly. */
  static boolean isExact(Column column, Column like) {
    return isPossible(column, like) && firstInexactRow(column, like) < 0;
  }

  /** Why a column cannot become one like the other, in words. */
  static String obstacle(Column column, Column like) {
    int row = isPossible(column, like) ? firstInexactRow(column, like) : -1;
    return row < 0
        ? column.describe() + " is never read as " + like.describe()
        : like.describe() + " cannot hold " + column.value(row) + " in row " + row;
  }

  /** Whether a column may become one like the other, if its values allow it. */
  static boolean isPossible(Column column, Column like) {
    ColumnType from = column.type();
    return switch (like.type()) {
      case LONG -> from == ColumnType.LONG || from == ColumnType.INT || from == ColumnType.DOUBLE;
      case DOUBLE -> from.isNumeric();
      default -> from == like.type();
    };
  }

  /** The first row whose value the other's type cannot hold exactly, or -1. */
  static int firstInexactRow(Column column, Column like) {
    if (column instanceof LongColumn longs && like instanceof DoubleColumn) {
      return firstRow(longs.size(), row -> !isExactDouble(longs.get(row)));
    }
    if (column instanceof DoubleColumn doubles && like instanceof LongColumn) {
      return firstRow(doubles.size(), row -> !isExactLong(doubles.get(row)));
    }
    if (column instanceof TimestampColumn times && like instanceof TimestampColumn other) {
      return firstInexactTick(times, other.unit());
    }
    return -1;
  }

  /** A column with the type of the other, which can hold every row exactly. */
  static Column apply(Column column, Column like) {
    if (column.describe().equals(like.describe())) {
      return column;
    }
    if (like instanceof TimestampColumn other) {
      return rescale((TimestampColumn) column, other);
    }
    return like instanceof LongColumn ? toLongs(column) : toDoubles(column);
  }

  private static boolean isExactDouble(long value) {
    // Long.MAX_VALUE rounds up to 2^63, which the way back would clamp to the same value.
    return (double) value != 0x1p63 && (long) (double) value == value;
  }

  private static boolean isExactLong(double value) {
    return value < 0x1p63
        && Double.doubleToRawLongBits((double) (long) value) == Double.doubleToRawLongBits(value);
  }

  private static int firstInexactTick(TimestampColumn times, TimestampUnit unit) {
    long from = times.unit().perSecond();
    long to = unit.perSecond();
    if (from <= to) {
      long factor = to / from;
      long limit = Long.MAX_VALUE / factor;
      return factor == 1
          ? -1
          : firstRow(times.size(), row -> times.get(row) > limit || times.get(row) < -limit);
    }
    long factor = from / to;
    return firstRow(times.size(), row -> times.get(row) % factor != 0);
  }

  private static Column rescale(TimestampColumn times, TimestampColumn like) {
    long from = times.unit().perSecond();
    long to = like.unit().perSecond();
    long[] ticks = from == to ? times.unsafeArray() : times.toArray();
    for (int row = 0; from != to && row < ticks.length; row++) {
      ticks[row] = from <= to ? ticks[row] * (to / from) : ticks[row] / (from / to);
    }
    return TimestampColumn.wrap(ticks, like.unit(), like.isUtc(), times.validity());
  }

  private static Column toLongs(Column column) {
    long[] values = new long[column.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          column instanceof IntColumn ints
              ? ints.get(row)
              : (long) ((DoubleColumn) column).get(row);
    }
    return LongColumn.wrap(values, column.validity());
  }

  private static Column toDoubles(Column column) {
    double[] values = new double[column.size()];
    for (int row = 0; row < values.length; row++) {
      if (column instanceof FloatColumn floats) {
        values[row] = floats.get(row);
      } else if (column instanceof IntColumn ints) {
        values[row] = ints.get(row);
      } else {
        values[row] = (double) ((LongColumn) column).get(row);
      }
    }
    return DoubleColumn.wrap(values, column.validity());
  }

  private static int firstRow(int size, IntPredicate condition) {
    for (int row = 0; row < size; row++) {
      if (condition.test(row)) {
        return row;
      }
    }
    return -1;
  }
}
