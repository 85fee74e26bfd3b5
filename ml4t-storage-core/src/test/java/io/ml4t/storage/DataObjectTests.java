package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataObjectTests {
  private static final Metadata METADATA =
      Metadata.builder("equities", "daily", "AAPL").provider("yahoo").build();
  private static final DataFrame BARS =
      DataFrame.of(List.of(new Bar(Instant.EPOCH, 1, 2, 0.5, 1.5, 100)));

  @Test
  void its_key_is_the_one_that_the_metadata_names() {
    assertThat(new DataObject(BARS, METADATA).key()).hasToString("equities/daily/AAPL");
  }

  @Test
  void numbers_may_be_of_any_width_and_timestamps_of_any_unit() {
    DataFrame frame =
        BARS.withColumn("timestamp", TimestampColumn.of(TimestampUnit.MILLIS, false, -1))
            .withColumn("open", IntColumn.of(1))
            .withColumn("high", FloatColumn.of(1))
            .withColumn("volume", LongColumn.of(1))
            .withColumn("exchange", StringColumn.of("NASDAQ"));

    assertThatCode(() -> new DataObject(frame, METADATA)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "open", "high", "low", "close", "volume"})
  void a_missing_column_is_named_with_what_was_expected(String name) {
    List<String> others =
        BARS.columnNames().stream().filter(column -> !column.equals(name)).toList();

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> new DataObject(BARS.select(others), METADATA))
        .withMessage(
            "Cannot store frame for equities/daily/AAPL: column '%s' is missing, expected %s; the"
                + " frame has %s",
            name,
            name.equals("timestamp") ? "a timestamp" : "a number (double, float, long or int)",
            others);
  }

  @Test
  void a_column_of_the_wrong_type_is_named_with_what_was_expected() {
    assertWrong("volume", StringColumn.of("1"), "is string, expected a number");
    assertWrong("timestamp", DateColumn.of(1), "is date, expected a timestamp");
    assertWrong("close", BARS.column("timestamp"), "is timestamp(micros, utc), expected a number");
  }

  private static void assertWrong(String name, Column column, String reason) {
    DataFrame frame = BARS.withColumn(name, column);
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> new DataObject(frame, METADATA))
        .withMessageContaining("column '" + name + "' " + reason);
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> DataObject.ofColumns(frame.select(List.of(name)), METADATA))
        .withMessageContaining("column '" + name + "' " + reason);
  }

  @Test
  void some_columns_of_a_frame_are_an_object_too() {
    DataObject close = DataObject.ofColumns(BARS.select(List.of("close")), METADATA);

    assertThat(close.data().columnNames()).containsExactly("close");
  }

  @Test
  void equality_is_of_rows_and_metadata() {
    DataObject bars = new DataObject(BARS, METADATA);

    assertThat(bars).isEqualTo(new DataObject(BARS, METADATA)).hasSameHashCodeAs(bars);
    assertThat(bars.withData(BARS.withColumn("close", DoubleColumn.of(2)))).isNotEqualTo(bars);
    assertThat(new DataObject(BARS, METADATA.toBuilder().provider("x").build())).isNotEqualTo(bars);
    assertThat(bars.toString()).startsWith("equities/daily/AAPL\n1 row × 6 columns\n");
  }
}
