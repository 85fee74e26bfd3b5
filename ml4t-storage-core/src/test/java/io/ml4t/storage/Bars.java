package io.ml4t.storage;

import io.ml4t.storage.frame.DataFrame;
import java.time.Duration;
import java.time.Instant;

/** Made-up bars for tests. */
public final class Bars {
  public static final Instant START = Instant.parse("2024-01-02T00:00:00Z");

  private Bars() {}

  /** Daily bars whose closing prices are {@code first}, {@code first + 1} and so on. */
  public static DataFrame daily(int rows, double first) {
    return dailyFrom(START, rows, first);
  }

  public static DataFrame dailyFrom(Instant start, int rows, double first) {
    Instant[] timestamps = new Instant[rows];
    double[] open = new double[rows];
    double[] high = new double[rows];
    double[] low = new double[rows];
    double[] close = new double[rows];
    long[] volume = new long[rows];
    for (int row = 0; row < rows; row++) {
      timestamps[row] = start.plus(Duration.ofDays(row));
      close[row] = first + row;
      open[row] = close[row] - 0.5;
      high[row] = close[row] + 1.25;
      low[row] = close[row] - 1.75;
      volume[row] = 1_000L + row;
    }
    return DataFrame.builder()
        .timestamps("timestamp", timestamps)
        .doubles("open", open)
        .doubles("high", high)
        .doubles("low", low)
        .doubles("close", close)
        .longs("volume", volume)
        .build();
  }

  /** Daily bars of an equity. */
  public static DataObject of(String symbol, int rows, double first) {
    return of(StorageKey.of("equities", "daily", symbol), rows, first);
  }

  public static DataObject of(StorageKey key, int rows, double first) {
    return new DataObject(
        daily(rows, first),
        Metadata.builder(key.assetClass(), key.frequency(), key.symbol())
            .provider("synthetic")
            .build());
  }
}
