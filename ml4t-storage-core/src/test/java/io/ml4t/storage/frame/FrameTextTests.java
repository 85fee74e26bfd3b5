package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameTextTests {

  @Test
  void a_small_frame_is_printed_whole() {
    DataFrame frame =
        DataFrame.builder()
            .timestamps("timestamp", Instant.parse("2024-01-02T00:00:00Z"), null)
            .column("close", DoubleColumn.ofNullable(104.25, null))
            .longs("volume", 1_000_000, -7)
            .strings("note", "opening", null)
            .booleans("halted", true, false)
            .build();

    assertThat(frame.toString().lines())
        .containsExactly(
            "2 rows × 5 columns",
            "timestamp                close   volume  note     halted",
            "timestamp(micros, utc)  double     long  string   boolean",
            "2024-01-02T00:00:00Z    104.25  1000000  opening  true",
            "null                      null       -7  null     false");
  }

  @Test
  void a_long_frame_shows_its_first_and_last_five_rows() {
    DataFrame frame = DataFrame.builder().ints("n", IntStream.range(0, 1000).toArray()).build();

    assertThat(frame.toString().lines().map(String::strip))
        .containsExactly(
            "1000 rows × 1 column",
            "n",
            "int",
            "0",
            "1",
            "2",
            "3",
            "4",
            "…",
            "995",
            "996",
            "997",
            "998",
            "999");
    assertThat(frame.head(10).toString()).doesNotContain("…");
    assertThat(frame.head(11).toString()).contains("…");
  }

  @Test
  void a_wide_frame_shows_its_first_and_last_columns() {
    DataFrameBuilder builder = DataFrame.builder();
    IntStream.range(0, 5_000).forEach(i -> builder.ints("c" + i, i));

    String text = builder.build().toString();

    assertThat(text).startsWith("1 row × 5000 columns\n c0 ").contains(" c7  …  c4996  c4997");
    assertThat(text.lines()).allMatch(line -> line.length() < 100);
  }

  @Test
  void local_times_are_printed_with_their_seconds() {
    DataFrame frame =
        DataFrame.builder().localTimestamps("t", LocalDateTime.of(1950, 1, 3, 0, 0)).build();

    assertThat(frame.toString()).endsWith("\n1950-01-03T00:00:00");
  }

  @Test
  void text_is_kept_to_one_bounded_line() {
    DataFrame frame =
        DataFrame.builder().strings("s", "a\nb\t\uD83D\uDE80", "x".repeat(99)).build();

    assertThat(frame.toString().lines())
        .containsExactly(
            "2 rows × 1 column",
            "s",
            "string",
            "a\\u000ab\\u0009\uD83D\uDE80",
            "x".repeat(31) + "…");
  }

  @Test
  void empty_frames_say_so() {
    assertThat(DataFrame.of(Map.of())).hasToString("0 rows × 0 columns");
    assertThat(DataFrame.builder().doubles("close").build())
        .hasToString("0 rows × 1 column\n close\ndouble");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "-0.0, -0.0",
    "104.25, 104.25",
    "0.30000000000000004, 0.3",
    "0.0001234567, 0.000123",
    "0.00001234567, 1.234567e-05",
    "1234567.891, 1234567.891",
    "123456789012345, 123456789012345.0",
    "1e15, 1.0e+15",
    "1.7976931348623157e308, 1.797693e+308",
    "4.9e-324, 4.9e-324",
    "NaN, NaN",
    "-Infinity, -Infinity",
    "99999.9999999, 100000.0",
  })
  void numbers_are_trimmed_to_six_decimals(double value, String text) {
    assertThat(
            DataFrame.builder().doubles("x", value).build().toString().lines().map(String::strip))
        .last()
        .isEqualTo(text);
  }

  @Test
  void floats_are_printed_as_floats() {
    assertThat(DataFrame.builder().floats("x", 0.1f).build().toString().lines().map(String::strip))
        .last()
        .isEqualTo("0.1");
  }
}
