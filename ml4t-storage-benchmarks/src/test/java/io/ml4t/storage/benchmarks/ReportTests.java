package io.ml4t.storage.benchmarks;

import static io.ml4t.storage.benchmarks.Report.Bar.AT_LEAST;
import static io.ml4t.storage.benchmarks.Report.Bar.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTests {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void a_figure_says_what_was_measured_what_was_asked_and_whether_it_is_met() {
    report.figure("speed", 8.5, AT_LEAST, 8, "x");
    report.figure("size", 0.9, AT_MOST, 0.8, "x");
    report.figure("classes", 0, AT_MOST, 0, "");

    assertThat(printed())
        .isEqualTo(
            """
            FIGURE speed: 8.50x (at least 8x) OK
            FIGURE size: 0.90x (at most 0.8x) SHORT
            FIGURE classes: 0.00 (at most 0) OK
            """);
  }

  @Test
  void a_value_that_is_not_a_number_never_meets_a_bar() {
    report.figure("speed", Double.NaN, AT_LEAST, 8, "x");
    report.figure("size", Double.NaN, AT_MOST, 8, "x");

    assertThat(printed().lines()).allMatch(line -> line.endsWith("SHORT"));
  }

  @Test
  void a_table_has_multiples_of_its_first_row() {
    Map<String, Double> nanos = new LinkedHashMap<>();
    nanos.put("ours", 2e6);
    nanos.put("theirs", 3e6);
    report.table("read", new Medians(nanos, nanos));

    assertThat(printed())
        .contains("| ours | 2.0 ms | 1.00 | 2.0 ms |", "| theirs | 3.0 ms | 1.50 | 3.0 ms |");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
