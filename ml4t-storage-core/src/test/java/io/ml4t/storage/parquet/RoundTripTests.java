package io.ml4t.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.frame.BooleanColumn;
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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTests {
  private static final DataFrame EVERY_TYPE =
      DataFrame.builder()
          .column(
              "utc",
              TimestampColumn.of(TimestampUnit.MICROS, true, Long.MIN_VALUE, -1, 0, Long.MAX_VALUE))
          .column("local", TimestampColumn.of(TimestampUnit.NANOS, false, -7, 8, 1L << 40, 9))
          .column("millis", TimestampColumn.of(TimestampUnit.MILLIS, true, 4, 3, 2, -631152000000L))
          .column("day", DateColumn.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE))
          .column(
              "double",
              DoubleColumn.of(
                  -0.0, 0.0, Double.longBitsToDouble(0x7FF800000000BEEFL), Double.MIN_VALUE))
          .column(
              "float",
              FloatColumn.of(
                  -0f, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0x7FC0BEEF), Float.MAX_VALUE))
          .column("long", LongColumn.of(Long.MAX_VALUE, Long.MIN_VALUE, 0, -1))
          .column("int", IntColumn.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 0, -1))
          .column("boolean", BooleanColumn.of(true, false, true, true))
          .column("string", StringColumn.of("", "é", "😀", "a\0b"))
          .column(
              "nulls",
              DoubleColumn.wrap(
                  new double[] {1, 2, 3, 4},
                  Validity.ofNulls(new boolean[] {true, false, true, false})))
          .column("no text", StringColumn.of(null, "x", null, null))
          .build();

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyTypeComesBackBitForBit(Compression compression) {
    FrameCodec codec = FrameCodec.builder().compression(compression).build();

    DecodedFrame back = roundTrip(codec, EVERY_TYPE, Map.of("key", "value"));

    assertThat(back.data()).isEqualTo(EVERY_TYPE);
    assertThat(back.keyValues()).containsEntry("key", "value");
  }

  @Test
  void framesThatEndAtABorderOfAPageOrRowGroupComeBack() {
    for (int rows : MadeUpFrames.BORDERS) {
      DataFrame frame = MadeUpFrames.frame(rows, new Random(rows));

      assertThat(roundTrip(FrameCodec.builder().build(), frame, Map.of()).data())
          .as("%d rows", rows)
          .isEqualTo(frame);
    }
  }

  @Test
  void largeColumnsComeBack() {
    int rows = 700_000;
    double[] walk = new double[rows];
    double[] noise = new double[rows];
    long[] volume = new long[rows];
    long[] time = new long[rows];
    Random random = new Random(7);
    double price = 100;
    for (int i = 0; i < rows; i++) {
      price += random.nextGaussian() * 0.1;
      walk[i] = Math.round(price * 100) / 100.0;
      noise[i] = price;
      volume[i] = random.nextInt(1_000_000);
      time[i] = 1_700_000_000_000_000L + 60_000_000L * i;
    }
    boolean[] nulls = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      nulls[i] = random.nextInt(3) == 0;
    }
    DataFrame frame =
        DataFrame.builder()
            .column("timestamp", TimestampColumn.of(TimestampUnit.MICROS, true, time))
            .column("walk", DoubleColumn.of(walk))
            .column("noise", DoubleColumn.of(noise))
            .column("volume", LongColumn.of(volume))
            .column("gaps", DoubleColumn.wrap(noise.clone(), Validity.ofNulls(nulls)))
            .build();

    assertThat(roundTrip(FrameCodec.builder().build(), frame, Map.of()).data()).isEqualTo(frame);
  }

  @Test
  void aLoneNullInAColumnThatCompressesToNextToNothingComesBack() {
    int rows = 1_000_000;
    for (int row : new int[] {0, 131_080, 262_200, rows - 1}) {
      boolean[] nulls = new boolean[rows];
      nulls[row] = true;
      DataFrame frame =
          DataFrame.builder()
              .column("same", LongColumn.wrap(new long[rows], Validity.ofNulls(nulls)))
              .build();

      assertThat(roundTrip(FrameCodec.builder().build(), frame, Map.of()).data())
          .as("null in row %d", row)
          .isEqualTo(frame);
    }
  }

  static DecodedFrame roundTrip(FrameCodec codec, DataFrame frame, Map<String, String> keyValues) {
    return codec.decode(FramesInMemory.source("frame.parquet", codec.encode(frame, keyValues)));
  }
}
