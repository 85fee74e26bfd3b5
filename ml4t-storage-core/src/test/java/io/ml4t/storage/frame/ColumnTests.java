package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTests {

  /** A column of each type with 130 rows, every third of them null: more than two bitmap words. */
  static Stream<Column> everyType() {
    List<Integer> rows = IntStream.range(0, 130).boxed().toList();
    Integer[] ints = rows.stream().map(i -> i % 3 == 0 ? null : i).toArray(Integer[]::new);
    return Stream.of(
        IntColumn.ofNullable(ints),
        LongColumn.ofNullable(map(ints, Integer::longValue).toArray(Long[]::new)),
        DoubleColumn.ofNullable(map(ints, Integer::doubleValue).toArray(Double[]::new)),
        FloatColumn.ofNullable(map(ints, Integer::floatValue).toArray(Float[]::new)),
        BooleanColumn.ofNullable(map(ints, i -> i % 2 == 0).toArray(Boolean[]::new)),
        StringColumn.of(map(ints, i -> "s" + i).toArray(String[]::new)),
        DateColumn.ofDates(map(ints, i -> LocalDate.ofEpochDay(i - 65L)).toArray(LocalDate[]::new)),
        TimestampColumn.ofInstants(map(ints, Instant::ofEpochSecond).toArray(Instant[]::new)),
        TimestampColumn.ofLocal(
            map(ints, i -> LocalDateTime.of(1950, 1, 1, 0, 0).plusDays(i))
                .toArray(LocalDateTime[]::new)));
  }

  private static <T> Stream<@Nullable T> map(Integer[] rows, Function<Integer, T> value) {
    return Arrays.stream(rows).map(row -> row == null ? null : value.apply(row));
  }

  private static List<@Nullable Object> values(Column column) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int row = 0; row < column.size(); row++) {
      values.add(column.value(row));
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void null_rows_are_counted_and_have_no_value(Column column) {
    assertThat(column.size()).isEqualTo(130);
    assertThat(column.nullCount()).isEqualTo(44);
    for (int row = 0; row < 130; row++) {
      assertThat(column.isNull(row)).isEqualTo(row % 3 == 0);
      assertThat(column.value(row) == null).isEqualTo(row % 3 == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void a_slice_has_the_values_and_nulls_of_its_rows(Column column) {
    assertThat(values(column.slice(1, 129))).isEqualTo(values(column).subList(1, 129));
    assertThat(column.slice(5, 5).size()).isZero();
    assertThat(column.slice(0, 130)).isSameAs(column);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> column.slice(-1, 2));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void rows_are_taken_in_any_order(Column column) {
    Column taken = column.take(new int[] {129, 0, 1, 1});

    assertThat(values(taken))
        .isEqualTo(
            Arrays.asList(column.value(129), column.value(0), column.value(1), column.value(1)));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void halves_make_the_whole_again(Column column) {
    Column whole = column.slice(0, 67).concat(column.slice(67, 130));

    assertThat(whole).isEqualTo(column).hasSameHashCodeAs(column);
    assertThat(whole.describe()).isEqualTo(column.describe());
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void a_column_of_nulls_has_the_same_type(Column column) {
    Column nulls = column.nulls(65);

    assertThat(nulls.describe()).isEqualTo(column.describe());
    assertThat(nulls.nullCount()).isEqualTo(65);
    assertThat(nulls.concat(column).nullCount()).isEqualTo(109);
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void columns_of_one_type_are_equal_where_all_values_and_nulls_are(Column column) {
    List<Column> others = everyType().toList();

    assertThat(others).filteredOn(column::equals).hasSize(1);
    assertThat(column).isNotEqualTo(column.slice(0, 129)).isNotEqualTo(column.nulls(130));
  }

  @Test
  void only_columns_of_one_type_unit_and_zone_rule_are_joined() {
    Column micros = TimestampColumn.of(TimestampUnit.MICROS, true, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> IntColumn.of(1).concat(LongColumn.of(1)))
        .withMessage("Cannot append a column of long to one of int");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> micros.concat(TimestampColumn.of(TimestampUnit.MILLIS, true, 0)))
        .withMessageContaining("timestamp(millis, utc)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> micros.concat(TimestampColumn.of(TimestampUnit.MICROS, false, 0)))
        .withMessageContaining("timestamp(micros, local)");
  }

  @Test
  void equality_is_bit_for_bit() {
    double payload = Double.longBitsToDouble(0x7ff8000000000001L);
    float floatPayload = Float.intBitsToFloat(0x7fc00001);

    assertThat(DoubleColumn.of(Double.NaN)).isEqualTo(DoubleColumn.of(Double.NaN));
    assertThat(DoubleColumn.of(Double.NaN)).isNotEqualTo(DoubleColumn.of(payload));
    assertThat(DoubleColumn.of(0.0)).isNotEqualTo(DoubleColumn.of(-0.0));
    assertThat(FloatColumn.of(Float.NaN)).isNotEqualTo(FloatColumn.of(floatPayload));
    assertThat(FloatColumn.of(0f)).isNotEqualTo(FloatColumn.of(-0f));
  }

  @Test
  void what_lies_below_a_null_does_not_matter() {
    Validity secondNull = Validity.ofNulls(new boolean[] {false, true});

    assertThat(DoubleColumn.wrap(new double[] {1, 2}, secondNull))
        .isEqualTo(DoubleColumn.wrap(new double[] {1, 3}, secondNull))
        .isEqualTo(DoubleColumn.ofNullable(1.0, null));
    assertThat(BooleanColumn.wrap(new boolean[] {true, true}, secondNull).get(1)).isFalse();
  }

  @Test
  void factories_copy_and_wrap_does_not() {
    double[] values = {1, 2};
    DoubleColumn copied = DoubleColumn.of(values);
    DoubleColumn wrapped = DoubleColumn.wrap(values);
    values[0] = 9;

    assertThat(copied.get(0)).isEqualTo(1);
    assertThat(wrapped.unsafeArray()).isSameAs(values);
    copied.toArray()[0] = 7;
    assertThat(copied.get(0)).isEqualTo(1);
  }

  @Test
  void validity_must_be_for_as_many_rows_as_there_are_values() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoubleColumn.wrap(new double[3], Validity.allValid(2)))
        .withMessage("Cannot make a column: 3 values, but validity for 2 rows");
  }

  @Test
  void days_that_a_date_column_cannot_hold_are_refused_with_their_row() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DateColumn.ofDates(LocalDate.EPOCH, LocalDate.MAX))
        .withMessage("Cannot hold +999999999-12-31 in row 1: out of the range of a date column");
  }

  @Test
  void a_local_column_gives_local_times_and_a_utc_column_instants() {
    TimestampColumn utc = TimestampColumn.of(TimestampUnit.NANOS, true, -1);
    TimestampColumn local = TimestampColumn.of(TimestampUnit.NANOS, false, -1);

    assertThat(utc.value(0)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999999Z"));
    assertThat(local.value(0)).isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999999"));
    assertThat(local.instant(0)).isEqualTo(utc.instant(0));
    assertThat(utc).isNotEqualTo(local).hasToString("timestamp(nanos, utc)[1]");
  }
}
