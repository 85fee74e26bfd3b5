package io.ml4t.storage.test;

import static io.ml4t.storage.test.StorageAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.frame.DataFrame;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FrameAssertTests {
  private static final Instant START = Instant.parse("2024-01-02T00:00:00Z");

  private final DataFrame bars = frame(100, 101);

  @Test
  void a_wrong_number_of_rows_is_told() {
    fails(() -> assertThat(bars).hasRows(3), "Expected 3 rows, but there are 2");
  }

  @Test
  void a_missing_column_is_told() {
    fails(
        () -> assertThat(bars).hasValues("open", 1.0),
        "Expected a column open, but there are [timestamp, close]");
    fails(() -> assertThat(bars).hasColumns("timestamp"), "close");
  }

  @Test
  void the_first_cell_that_differs_is_told() {
    assertThat(bars).hasSameDataAs(frame(100, 101));
    fails(
        () -> assertThat(bars).hasSameDataAs(frame(100, 102)),
        "Expected 102.0 in column close, row 1, but it is 101.0");
    fails(
        () -> assertThat(bars).hasSameDataAs(frame(100, 101, 102)),
        "Expected 3 rows, but there are 2");
  }

  @Test
  void a_type_that_differs_is_told() {
    DataFrame longs =
        DataFrame.builder()
            .timestamps("timestamp", START, START.plusSeconds(1))
            .longs("close", 100, 101)
            .build();
    fails(() -> assertThat(bars).hasSameDataAs(longs), "Expected column close to be");
  }

  @Test
  void a_timestamp_that_does_not_ascend_is_told() {
    assertThat(bars).hasAscendingTimestamps();
    DataFrame twice =
        DataFrame.builder().timestamps("timestamp", START, START).doubles("close", 1, 2).build();
    fails(() -> assertThat(twice).hasAscendingTimestamps(), "row 1 has " + START);
  }

  @Test
  void nothing_is_no_frame() {
    fails(() -> assertThat((DataFrame) null).hasRows(0), "not to be null");
  }

  private static void fails(ThrowingCallable assertion, String message) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .withMessageContaining(message);
  }

  private static DataFrame frame(double... closes) {
    Instant[] times = new Instant[closes.length];
    for (int row = 0; row < times.length; row++) {
      times[row] = START.plusSeconds(row);
    }
    return DataFrame.builder().timestamps("timestamp", times).doubles("close", closes).build();
  }
}
