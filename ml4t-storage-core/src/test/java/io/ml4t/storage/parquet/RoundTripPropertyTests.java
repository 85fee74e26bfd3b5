package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any frame comes back bit for bit, and parquet-java reads the same from the file. More cases with
 * {@code -Djqwik.tries.default=10000}.
 */
class RoundTripPropertyTests {
  @Property
  void anyFrameComesBackBitForBit(
      @ForAll("frames") DataFrame frame, @ForAll Compression compression) {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();

    assertThat(RoundTripTests.roundTrip(codec, frame, Map.of()).data()).isEqualTo(frame);
  }

  @Property
  void parquetJavaReadsTheSame(@ForAll("frames") DataFrame frame) throws Exception {
    FrameSource source =
        FramesInMemory.source("ours", FrameCodec.builder().build().encode(frame, Map.of()));
    for (ColumnSpec spec :
        SchemaReader.select(
            "ours", Footer.read(Footer.bytes(source)).schema(), frame.columnNames())) {
      assertThat(ParquetJavaReader.read(source, spec, frame.rowCount(), source.length()))
          .isEqualTo(frame.column(spec.name()));
    }
  }

  @Provide
  Arbitrary<DataFrame> frames() {
    Arbitrary<Integer> rows =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 40), Arbitraries.integers().between(0, 2000));
    return Combinators.combine(rows, Arbitraries.longs())
        .as((count, seed) -> frame(count, new Random(seed)));
  }

  private static DataFrame frame(int rows, Random random) {
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

  /** Numbers of one of several kinds: any, few, steady, extreme. */
  private static long[] bits(int rows, Random random) {
    long[] extremes = {
      0,
      -1,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      Integer.MIN_VALUE,
      Integer.MAX_VALUE,
      Double.doubleToRawLongBits(-0.0),
      Double.doubleToRawLongBits(Double.NaN),
      0x7FF800000000BEEFL,
      0xFFF0000000000000L,
      0x7FC0BEEFL
    };
    int kind = random.nextInt(5);
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
            case 3 -> extremes[random.nextInt(extremes.length)];
            default -> random.nextLong() >>> width;
          };
    }
    return bits;
  }

  private static Validity validity(int rows, Random random) {
    boolean[] nulls = new boolean[rows];
    int kind = random.nextInt(4);
    int run = 1 + random.nextInt(100);
    for (int i = 0; i < rows; i++) {
      nulls[i] =
          switch (kind) {
            case 0 -> false;
            case 1 -> true;
            case 2 -> random.nextInt(3) == 0;
            default -> i / run % 2 == 0;
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
