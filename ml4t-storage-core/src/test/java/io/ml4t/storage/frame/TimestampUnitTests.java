package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampUnitTests {

  @ParameterizedTest
  @EnumSource(TimestampUnit.class)
  void every_tick_makes_a_round_trip_through_its_instant(TimestampUnit unit) {
    for (long tick :
        new long[] {
          0,
          1,
          -1,
          999,
          1000,
          -999,
          -1000,
          -1001,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1
        }) {
      Instant instant = unit.toInstant(tick);
      assertThat(unit.fromInstant(instant)).isEqualTo(tick);
      assertThat(unit.isExact(instant)).isTrue();
    }
  }

  @Test
  void times_before_1970_are_exact() {
    assertThat(TimestampUnit.NANOS.toInstant(-1))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999999Z"));
    assertThat(TimestampUnit.MICROS.fromInstant(Instant.parse("1950-01-03T00:00:00.000001Z")))
        .isEqualTo(-630979199999999L);
  }

  @Test
  void a_part_of_a_tick_is_rounded_down_on_both_sides_of_1970() {
    Instant before = Instant.ofEpochSecond(0, -1);
    Instant after = Instant.ofEpochSecond(0, 1);

    assertThat(TimestampUnit.MILLIS.fromInstant(before)).isEqualTo(-1);
    assertThat(TimestampUnit.MILLIS.fromInstant(after)).isZero();
    assertThat(TimestampUnit.MILLIS.isExact(after)).isFalse();
    assertThat(TimestampUnit.NANOS.isExact(after)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1677-09-21T00:12:43.145224191Z", "2262-04-11T23:47:16.854775808Z"})
  void an_instant_one_tick_out_of_range_is_refused(String outside) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> TimestampUnit.NANOS.fromInstant(Instant.parse(outside)));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> TimestampUnit.MICROS.fromInstant(Instant.MAX));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> TimestampUnit.MICROS.fromInstant(Instant.MIN));
  }
}
