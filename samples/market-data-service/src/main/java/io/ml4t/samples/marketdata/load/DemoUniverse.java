package io.ml4t.samples.marketdata.load;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.Storage;
import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synthetic bars: random walks, the same at every start. They are no instrument's prices, and say
 * so by their asset class and provider, {@code synthetic}.
 */
final class DemoUniverse {
  private static final Logger log = LoggerFactory.getLogger(DemoUniverse.class);
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private DemoUniverse() {}

  static void write(Storage storage) {
    storage.write(walk("daily", Duration.ofDays(1), "CALM", 250, 0.005));
    storage.write(walk("daily", Duration.ofDays(1), "WILD", 250, 0.03));
    storage.write(walk("hourly", Duration.ofHours(1), "WILD", 1_000, 0.01));
    log.info("The store was empty: wrote synthetic data as {}", storage.listKeys("synthetic"));
  }

  /**
   * A random walk from 100.
   *
   * @param volatility the standard deviation of a bar's relative change
   */
  private static DataObject walk(
      String frequency, Duration step, String symbol, int count, double volatility) {
    Random random = new Random(count + symbol.hashCode());
    List<Bar> bars = new ArrayList<>(count);
    double open = 100;
    for (int i = 0; i < count; i++) {
      double close = cents(open * (1 + volatility * random.nextGaussian()));
      double spread = open * volatility * random.nextDouble();
      bars.add(
          new Bar(
              START.plus(step.multipliedBy(i)),
              open,
              cents(Math.max(open, close) + spread),
              cents(Math.min(open, close) - spread),
              close,
              1_000 + random.nextInt(9_000)));
      open = close;
    }
    return new DataObject(
        DataFrame.of(bars),
        Metadata.builder("synthetic", frequency, symbol)
            .provider("synthetic")
            .attributes(Map.of("volatility", volatility))
            .build());
  }

  private static double cents(double price) {
    return Math.round(price * 100) / 100.0;
  }
}
