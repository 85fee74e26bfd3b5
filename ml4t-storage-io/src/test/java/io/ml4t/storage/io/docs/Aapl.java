package io.ml4t.storage.io.docs;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The instrument of the examples. */
final class Aapl {
  private static final Instant START = Instant.parse("2024-01-02T00:00:00Z");

  private Aapl() {}

  /** Daily bars with these closing prices. */
  static DataObject closingAt(double... closes) {
    List<Bar> bars = new ArrayList<>();
    for (double close : closes) {
      bars.add(
          new Bar(START.plus(Duration.ofDays(bars.size())), close, close, close, close, 1_000));
    }
    return new DataObject(
        DataFrame.of(bars), Metadata.builder("equities", "daily", "AAPL").build());
  }
}
