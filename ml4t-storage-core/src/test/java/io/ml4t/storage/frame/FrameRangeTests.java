package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameRangeTests {

  private static DataFrame frame(TimestampUnit unit, long... ticks) {
    return DataFrame.of(Map.of("t", TimestampColumn.of(unit, false, ticks)));
  }

  private static long[] between(DataFrame frame, @Nullable Instant from, @Nullable Instant to) {
    return frame.between("t", from, to).timestamps("t").toArray();
  }

  @Test
  void the_start_is_inclusive_and_the_end_exclusive() {
    DataFrame frame = frame(TimestampUnit.MILLIS, -2, -1, 0, 0, 1, 2);
    Instant epoch = Instant.EPOCH;

    assertThat(between(frame, epoch, epoch.plusMillis(2))).containsExactly(0, 0, 1);
    assertThat(between(frame, epoch.minusMillis(1), epoch)).containsExactly(-1);
    assertThat(between(frame, epoch, null)).containsExactly(0, 0, 1, 2);
    assertThat(between(frame, null, epoch)).containsExactly(-2, -1);
    assertThat(between(frame, epoch, epoch)).isEmpty();
    assertThat(between(frame, epoch, epoch.minusMillis(2))).isEmpty();
    assertThat(frame.between("t", null, null)).isSameAs(frame);
  }

  @Test
  void a_bound_between_two_ticks_is_exact_on_both_sides_of_1970() {
    DataFrame frame = frame(TimestampUnit.MILLIS, -1, 0, 1);

    assertThat(between(frame, Instant.ofEpochSecond(0, -1), null)).containsExactly(0, 1);
    assertThat(between(frame, null, Instant.ofEpochSecond(0, -1))).containsExactly(-1);
    assertThat(between(frame, Instant.ofEpochSecond(0, 1), null)).containsExactly(1);
    assertThat(between(frame, null, Instant.ofEpochSecond(0, 1))).containsExactly(-1, 0);
  }

  @ParameterizedTest
  @EnumSource(TimestampUnit.class)
  void bounds_at_and_beyond_the_edges_of_a_unit_are_exact(TimestampUnit unit) {
    DataFrame frame = frame(unit, Long.MIN_VALUE, 0, Long.MAX_VALUE);
    Instant last = unit.toInstant(Long.MAX_VALUE);

    assertThat(between(frame, Instant.MIN, Instant.MAX))
        .containsExactly(Long.MIN_VALUE, 0, Long.MAX_VALUE);
    assertThat(between(frame, Instant.MAX, null)).isEmpty();
    assertThat(between(frame, null, Instant.MIN)).isEmpty();
    assertThat(between(frame, last, null)).containsExactly(Long.MAX_VALUE);
    assertThat(between(frame, null, last)).containsExactly(Long.MIN_VALUE, 0);
    assertThat(between(frame, last.plusNanos(1), null)).isEmpty();
    assertThat(between(frame, unit.toInstant(Long.MIN_VALUE).plusNanos(1), null))
        .containsExactly(0, Long.MAX_VALUE);
  }

  @Test
  void rows_out_of_order_are_filtered_and_keep_their_order() {
    DataFrame frame = frame(TimestampUnit.MICROS, 3, 1, 2, 1);

    assertThat(between(frame, Instant.ofEpochSecond(0, 2_000), null)).containsExactly(3, 2);
    assertThat(between(frame, null, Instant.ofEpochSecond(0, 3_000))).containsExactly(1, 2, 1);
  }

  @Test
  void a_null_timestamp_is_in_no_range() {
    DataFrame frame =
        DataFrame.builder().timestamps("t", null, Instant.EPOCH, null).ints("x", 1, 2, 3).build();

    assertThat(frame.between("t", Instant.MIN, null).ints("x").toArray()).containsExactly(2);
  }

  @Test
  void the_column_must_be_one_of_timestamps() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> frame(TimestampUnit.MILLIS).between("x", null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.builder().ints("t", 1).build().between("t", null, null));
  }

  @Test
  void random_ranges_are_those_of_a_filter() {
    long seed = 42;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      long[] ticks = random.longs(random.nextInt(20), -10, 10).toArray();
      if (random.nextInt(4) > 0) {
        Arrays.sort(ticks);
      }
      TimestampColumn times = TimestampColumn.of(TimestampUnit.MICROS, true, ticks);
      Instant from = Instant.ofEpochSecond(0, random.nextInt(-12_000, 12_000));
      Instant to = Instant.ofEpochSecond(0, random.nextInt(-12_000, 12_000));
      long[] expected =
          IntStream.range(0, ticks.length)
              .filter(row -> !times.instant(row).isBefore(from) && times.instant(row).isBefore(to))
              .mapToLong(times::get)
              .toArray();

      assertThat(between(DataFrame.of(Map.of("t", times)), from, to))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(expected);
    }
  }
}
