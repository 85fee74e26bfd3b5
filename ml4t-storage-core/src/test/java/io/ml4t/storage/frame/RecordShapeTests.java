package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordShapeTests {
  private static final Instant NEW_YEAR = Instant.parse("2024-01-02T00:00:00Z");

  record Every(
      Instant instant,
      LocalDateTime local,
      LocalDate date,
      double aDouble,
      float aFloat,
      long aLong,
      int anInt,
      boolean aBoolean,
      String text) {}

  record Nullables(
      @Nullable Instant instant,
      @Nullable LocalDateTime local,
      @Nullable LocalDate date,
      @Nullable Double aDouble,
      @Nullable Float aFloat,
      @Nullable Long aLong,
      @Nullable Integer anInt,
      @Nullable Boolean aBoolean,
      @Nullable String text) {}

  record Renamed(@ColumnName("adj_close") double adjusted) {}

  record Twice(@ColumnName("close") double adjusted, double close) {}

  record Price(BigDecimal price) {}

  record Nothing() {}

  record LongVolume(long volume) {}

  record DoubleVolume(double volume) {}

  record IntVolume(int volume) {}

  record AnInstant(Instant at) {}

  record ALocal(LocalDateTime at) {}

  record Positive(double close) {
    Positive {
      if (close <= 0) {
        throw new IllegalStateException("not positive: " + close);
      }
    }
  }

  @Test
  void bars_become_the_columns_of_a_stored_frame_and_come_back() {
    List<Bar> bars = List.of(new Bar(NEW_YEAR, 100.0, 105.0, 99.0, 104.0, 1_000_000));

    DataFrame frame = DataFrame.of(bars);

    assertThat(frame.columnNames())
        .containsExactly("timestamp", "open", "high", "low", "close", "volume");
    assertThat(frame.column("timestamp").describe()).isEqualTo("timestamp(micros, utc)");
    assertThat(frame.doubles("close").toArray()).containsExactly(104.0);
    assertThat(frame.rows(Bar.class)).isEqualTo(bars);
  }

  @Test
  void every_component_type_makes_a_round_trip() {
    List<Every> records =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    new Every(
                        NEW_YEAR.plusNanos(i * 1_000L),
                        LocalDateTime.of(1950, 1, 3, 0, 0).plusHours(i),
                        LocalDate.of(1969, 12, 31).plusDays(i),
                        i / 10.0,
                        i / 10f,
                        Long.MIN_VALUE + i,
                        Integer.MAX_VALUE - i,
                        i % 3 == 0,
                        "row " + i))
            .toList();

    DataFrame frame = DataFrame.of(records);

    assertThat(frame.columnNames().stream().map(name -> frame.column(name).describe()))
        .containsExactly(
            "timestamp(micros, utc)",
            "timestamp(micros, local)",
            "date",
            "double",
            "float",
            "long",
            "int",
            "boolean",
            "string");
    assertThat(frame.rows(Every.class)).isEqualTo(records);
  }

  @Test
  void a_null_component_is_a_null_row_both_ways() {
    Nullables none = new Nullables(null, null, null, null, null, null, null, null, null);
    Nullables all =
        new Nullables(
            NEW_YEAR,
            LocalDateTime.of(2024, 1, 2, 3, 4),
            LocalDate.of(2024, 1, 2),
            -0.0,
            Float.NaN,
            1L,
            2,
            true,
            "text");

    DataFrame frame = DataFrame.of(List.of(none, all, none));

    frame.columnNames().forEach(name -> assertThat(frame.column(name).nullCount()).isEqualTo(2));
    assertThat(frame.rows(Nullables.class)).containsExactly(none, all, none);
  }

  @Test
  void no_records_make_a_frame_of_typed_empty_columns_where_the_class_is_named() {
    DataFrame frame = DataFrame.of(Bar.class, List.of());

    assertThat(frame.rowCount()).isZero();
    assertThat(frame.doubles("volume").size()).isZero();
    assertThat(frame.rows(Bar.class)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of()))
        .withMessageContaining("DataFrame.of(Bar.class, bars)");
  }

  @Test
  void an_annotation_names_the_column() {
    DataFrame frame = DataFrame.of(List.of(new Renamed(1.5)));

    assertThat(frame.columnNames()).containsExactly("adj_close");
    assertThat(frame.rows(Renamed.class)).containsExactly(new Renamed(1.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new Twice(1, 2))))
        .withMessageContaining("two of its values stand for column 'close'");
  }

  @Test
  void instants_take_nanoseconds_only_where_one_needs_them() {
    DataFrame frame =
        DataFrame.of(List.of(new AnInstant(NEW_YEAR), new AnInstant(NEW_YEAR.plusNanos(1))));

    assertThat(frame.timestamps("at").unit()).isEqualTo(TimestampUnit.NANOS);
    assertThat(frame.rows(AnInstant.class).get(1).at()).isEqualTo(NEW_YEAR.plusNanos(1));
  }

  @Test
  void local_timestamps_read_as_utc_and_the_other_way_round() {
    LocalDateTime local = LocalDateTime.of(1950, 1, 3, 9, 30);
    Instant instant = Instant.parse("1950-01-03T09:30:00Z");

    assertThat(DataFrame.of(List.of(new ALocal(local))).rows(AnInstant.class))
        .containsExactly(new AnInstant(instant));
    assertThat(DataFrame.of(List.of(new AnInstant(instant))).rows(ALocal.class))
        .containsExactly(new ALocal(local));
  }

  @Test
  void numbers_widen_where_nothing_is_lost() {
    DataFrame ints = DataFrame.of(List.of(new IntVolume(7)));
    DataFrame longs = DataFrame.of(List.of(new LongVolume(1L << 53)));
    DataFrame doubles = DataFrame.of(List.of(new DoubleVolume(1e6)));

    assertThat(ints.rows(LongVolume.class)).containsExactly(new LongVolume(7));
    assertThat(ints.rows(DoubleVolume.class)).containsExactly(new DoubleVolume(7));
    assertThat(longs.rows(DoubleVolume.class)).containsExactly(new DoubleVolume(0x1p53));
    assertThat(doubles.rows(LongVolume.class)).containsExactly(new LongVolume(1_000_000));
  }

  @Test
  void a_number_that_would_be_rounded_is_refused_with_its_row() {
    DataFrame longs = DataFrame.of(List.of(new LongVolume(1), new LongVolume((1L << 53) + 1)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> longs.rows(DoubleVolume.class))
        .withMessage(
            "Cannot make %s: column 'volume' does not fit one of type double: double cannot"
                + " hold 9007199254740993 in row 1",
            DoubleVolume.class.getName());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> longs.rows(IntVolume.class))
        .withMessageContaining(
            "column 'volume' does not fit one of type int: long is never read as int");
  }

  @Test
  void a_null_for_a_primitive_is_refused_with_column_row_and_remedy() {
    DataFrame frame = DataFrame.of(Map.of("volume", DoubleColumn.ofNullable(1.0, null)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.rows(DoubleVolume.class))
        .withMessage(
            "Cannot make %s: column 'volume' is null in row 1; declare it as Double",
            DoubleVolume.class.getName());
  }

  @Test
  void a_missing_column_and_one_of_another_type_are_named() {
    DataFrame frame = DataFrame.of(List.of(new ALocal(LocalDateTime.of(2024, 1, 1, 0, 0))));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.rows(DoubleVolume.class))
        .withMessageContaining("the frame has no column 'volume', only [at]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.withColumn("volume", frame.column("at")).rows(LongVolume.class))
        .withMessageContaining(
            "column 'volume' does not fit one of type long: timestamp(micros, local) is"
                + " never read as long");
  }

  @Test
  void a_class_that_no_frame_can_hold_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new Price(BigDecimal.ONE))))
        .withMessageContaining("component 'price' is java.math.BigDecimal, expected one of double");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new Nothing())))
        .withMessageContaining("it has no components");
  }

  @Test
  void null_and_mixed_records_are_refused_with_their_row() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(Arrays.asList(new IntVolume(1), null)))
        .withMessageContaining("row 1 is null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new IntVolume(1), new LongVolume(1))))
        .withMessageContaining("row 1 is " + LongVolume.class.getName());
  }

  @Test
  void a_constructor_that_refuses_a_row_is_reported_with_the_row() {
    DataFrame frame = DataFrame.builder().doubles("close", 1, -1).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame.rows(Positive.class))
        .withMessageContaining("row 1 fails with java.lang.IllegalStateException: not positive")
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void times_out_of_range_are_refused_with_their_row() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.of(List.of(new AnInstant(Instant.MAX))))
        .withMessageContaining("in row 0: out of the range of nanos");
    Instant far = Instant.parse("9999-12-31T23:59:59.999999Z");
    assertThat(DataFrame.of(List.of(new AnInstant(far))).rows(AnInstant.class))
        .containsExactly(new AnInstant(far));
  }
}
