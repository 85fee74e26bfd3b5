package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Frames made up by chance, for properties that hold of any: of all types, empty, of one row, and
 * as long as a page or a row group and one row less or more; with NaNs of every kind, zeros of both
 * signs, infinities and extremes; with nulls at every place.
 */
public class MadeUpFrames extends DomainContextBase {
  /** The lengths at which a file gets another page or row group. */
  static final List<Integer> BORDERS =
      List.of(
          ChunkWriter.PAGE_ROWS - 1,
          ChunkWriter.PAGE_ROWS,
          ChunkWriter.PAGE_ROWS + 1,
          FrameCodec.ROW_GROUP_ROWS - 1,
          FrameCodec.ROW_GROUP_ROWS,
          FrameCodec.ROW_GROUP_ROWS + 1);

  private static final long[] EXTREMES = {
    0,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    -Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    Double.doubleToRawLongBits(-0.0),
    Double.doubleToRawLongBits(Double.NaN),
    Double.doubleToRawLongBits(Double.MAX_VALUE),
    Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
    // NaNs with a payload: quiet, signalling, negative.
    0x7FF800000000BEEFL,
    0x7FF0000000000001L,
    0xFFF800000000BEEFL,
    // The same as floats, and their infinities.
    0x7FC0BEEFL,
    0x7F800001L,
    0xFFC0BEEFL,
    0x7F800000L,
    0xFF800000L
  };

  @Provide
  Arbitrary<DataFrame> frames() {
    Arbitrary<Integer> rows =
        Arbitraries.frequencyOf(
            Tuple.of(500, Arbitraries.integers().between(0, 40)),
            Tuple.of(470, Arbitraries.integers().between(0, 2000)),
            // Long enough for encodings to be tried out on a sample.
            Tuple.of(19, Arbitraries.integers().between(8192, 20_000).withoutEdgeCases()),
            Tuple.of(9, Arbitraries.of(BORDERS.subList(0, 3)).withoutEdgeCases()),
            Tuple.of(2, Arbitraries.of(BORDERS.subList(3, 6)).withoutEdgeCases()));
    return Combinators.combine(rows, Arbitraries.longs())
        .as((count, seed) -> frame(count, new Random(seed)));
  }

  /** A frame of one to four columns. */
  static DataFrame frame(int rows, Random random) {
    DataFrame frame = DataFrame.of(Map.of());
    int columns = 1 + random.nextInt(4);
    for (int i = 0; i < columns; i++) {
      ColumnType type = oneOf(List.of(ColumnType.values()), random);
      frame =
          frame.withColumn(i % 2 == 0 ? "c" + i : "spalte " + i + " é", column(type, rows, random));
    }
    return frame;
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Column column(ColumnType type, int rows, Random random) {
    long[] bits = bits(rows, random);
    Validity validity = validity(rows, random);
    TimestampUnit unit = oneOf(List.of(TimestampUnit.values()), random);
    return switch (type) {
      case TIMESTAMP -> TimestampColumn.wrap(bits, unit, random.nextBoolean(), validity);
      case LONG -> LongColumn.wrap(bits, validity);
      case DATE -> DateColumn.wrap(ints(bits), validity);
      case INT -> IntColumn.wrap(ints(bits), validity);
      case DOUBLE -> {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Double.longBitsToDouble(bits[i]);
        }
        yield DoubleColumn.wrap(values, validity);
      }
      case FLOAT -> {
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = Float.intBitsToFloat((int) bits[i]);
        }
        yield FloatColumn.wrap(values, validity);
      }
      case BOOLEAN -> {
        boolean[] values = new boolean[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = (bits[i] & 1) != 0;
        }
        yield BooleanColumn.wrap(values, validity);
      }
      case STRING -> {
        String[] values = new String[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = validity.isNull(i) ? null : text(bits[i]);
        }
        yield StringColumn.wrap(values);
      }
    };
  }

  /** Numbers of one of several kinds: any, few, steady, extreme, small, unrounded prices. */
  private static long[] bits(int rows, Random random) {
    int kind = random.nextInt(6);
    int run = 1 + random.nextInt(30);
    long base = random.nextLong();
    int width = 1 + random.nextInt(63);
    long[] bits = new long[rows];
    for (int i = 0; i < rows; i++) {
      bits[i] =
          switch (kind) {
            case 0 -> random.nextLong();
            case 1 -> base + i / run % 7;
            case 2 -> base + i * (base >>> 40) + random.nextInt(3);
            case 3 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 4 -> random.nextLong() >>> width;
            default -> Double.doubleToRawLongBits(100 + random.nextGaussian());
          };
    }
    return bits;
  }

  /** No nulls, nothing else, some, runs of them, one, all but one. */
  private static Validity validity(int rows, Random random) {
    boolean[] nulls = new boolean[rows];
    int kind = random.nextInt(6);
    int run = 1 + random.nextInt(100);
    int place = random.nextInt(Math.max(1, rows));
    for (int i = 0; i < rows; i++) {
      nulls[i] =
          switch (kind) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> random.nextInt(3) == 0;
            case 3 -> i / run % 2 == 0;
            case 4 -> i == place;
            default -> i != place;
          };
    }
    return Validity.ofNulls(nulls);
  }

  private static int[] ints(long[] bits) {
    int[] ints = new int[bits.length];
    for (int i = 0; i < bits.length; i++) {
      ints[i] = (int) bits[i];
    }
    return ints;
  }

  private static String text(long bits) {
    return switch ((int) (bits & 3)) {
      case 0 -> "";
      case 1 -> "é\uFFFD😀\0";
      case 2 -> Long.toString(bits);
      default -> "x".repeat((int) (bits >>> 2 & 127));
    };
  }
}
