package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DataFrameTests {
  private static final DataFrame FRAME =
      DataFrame.builder()
          .timestamps("timestamp", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), null)
          .doubles("close", 1, 2, 3)
          .strings("note", "a", null, "c")
          .build();

  @Test
  void the_builder_has_a_method_for_every_type() {
    DataFrame frame =
        DataFrame.builder()
            .timestamps("timestamp", Instant.EPOCH)
            .localTimestamps("local", LocalDateTime.of(1970, 1, 1, 0, 0))
            .dates("date", LocalDate.of(1969, 12, 31))
            .doubles("double", 1)
            .floats("float", 2)
            .longs("long", 3)
            .ints("int", 4)
            .booleans("boolean", true)
            .strings("string", "text")
            .build();

    assertThat(frame.rowCount()).isEqualTo(1);
    assertThat(frame.columnCount()).isEqualTo(9);
    assertThat(frame.timestamps("timestamp").isUtc()).isTrue();
    assertThat(frame.timestamps("local").isUtc()).isFalse();
    assertThat(frame.dates("date").get(0)).isEqualTo(-1);
    assertThat(frame.doubles("double").get(0)).isEqualTo(1);
    assertThat(frame.floats("float").get(0)).isEqualTo(2);
    assertThat(frame.longs("long").get(0)).isEqualTo(3);
    assertThat(frame.ints("int").get(0)).isEqualTo(4);
    assertThat(frame.booleans("boolean").get(0)).isTrue();
    assertThat(frame.strings("string").get(0)).isEqualTo("text");
  }

  @Test
  void columns_of_different_length_and_of_one_name_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.builder().doubles("a", 1, 2).doubles("b", 1).build())
        .withMessage("Cannot build frame: column 'b' has 1 rows, expected 2 as in 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataFrame.builder().doubles("a", 1).longs("a", 1))
        .withMessage("Cannot add column 'a': it exists already");
  }

  @Test
  void a_missing_column_is_named_beside_those_there_are() {
    assertThat(FRAME.hasColumn("open")).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> FRAME.column("open"))
        .withMessage("Cannot find column 'open': the frame has [timestamp, close, note]");
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> FRAME.select(List.of("close", "open")));
  }

  @Test
  void a_column_of_another_type_is_named_with_both_types() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FRAME.doubles("timestamp"))
        .withMessage("Cannot read column 'timestamp' as double: it is timestamp(micros, utc)");
  }

  @Test
  void columns_are_selected_in_the_order_asked_for() {
    assertThat(FRAME.select(List.of("note", "close")).columnNames())
        .containsExactly("note", "close");
  }

  @Test
  void a_column_is_added_at_the_end_or_replaced_in_its_place() {
    DataFrame changed =
        FRAME
            .withColumn("open", LongColumn.of(1, 2, 3))
            .withColumn("close", LongColumn.of(7, 8, 9));

    assertThat(changed.columnNames()).containsExactly("timestamp", "close", "note", "open");
    assertThat(changed.longs("close").toArray()).containsExactly(7, 8, 9);
    assertThat(FRAME.doubles("close").toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void rows_are_sliced_and_taken_with_their_nulls() {
    assertThat(FRAME.slice(1, 3).strings("note").toArray()).containsExactly(null, "c");
    assertThat(FRAME.slice(1, 3).column("timestamp").isNull(1)).isTrue();
    assertThat(FRAME.head(1).doubles("close").toArray()).containsExactly(1);
    assertThat(FRAME.tail(2).doubles("close").toArray()).containsExactly(2, 3);
    assertThat(FRAME.head(9)).isEqualTo(FRAME);
    assertThat(FRAME.tail(9)).isEqualTo(FRAME);
    assertThat(FRAME.take(new int[] {2, 0, 2}).doubles("close").toArray()).containsExactly(3, 1, 3);
    assertThat(FRAME.take(new int[] {2, 0, 2}).column("timestamp").nullCount()).isEqualTo(2);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> FRAME.slice(0, 4));
  }

  @Test
  void equality_is_of_names_order_and_values() {
    DataFrame equal = FRAME.select(FRAME.columnNames());

    assertThat(equal).isEqualTo(FRAME).hasSameHashCodeAs(FRAME);
    assertThat(FRAME.select(List.of("close", "timestamp", "note"))).isNotEqualTo(FRAME);
    assertThat(FRAME.withColumn("close", DoubleColumn.of(1, 2, 4))).isNotEqualTo(FRAME);
    assertThat(FRAME.withColumn("close", LongColumn.of(1, 2, 3))).isNotEqualTo(FRAME);
  }

  @Test
  void a_frame_does_not_change_with_the_map_it_was_made_of() {
    Map<String, Column> columns = new LinkedHashMap<>(Map.of("a", IntColumn.of(1)));
    DataFrame frame = DataFrame.of(columns);
    columns.clear();

    assertThat(frame.columnNames()).containsExactly("a");
    assertThat(DataFrame.of(Map.of()).rowCount()).isZero();
  }
}
