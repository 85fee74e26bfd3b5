package io.ml4t.storage.test;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.frame.DataFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;

/**
 * Made-up bars: a random walk whose highs and lows enclose its opens and closes. The same settings
 * give the same bars, on every machine. Immutable.
 */
public final class SyntheticBars {
  private final StorageKey key;
  private final Instant start;
  private final Duration step;
  private final int rows;
  private final double price;
  private final double volatility;
  private final long seed;

  private SyntheticBars(
      StorageKey key,
      Instant start,
      Duration step,
      int rows,
      double price,
      double volatility,
      long seed) {
    this.key = key;
    this.start = start;
    this.step = step;
    this.rows = rows;
    this.price = price;
    this.volatility = volatility;
    this.seed = seed;
  }

  /** A hundred bars of a key, a day apart from 2024-01-01 on, from a price of 100. */
  public static SyntheticBars of(StorageKey key) {
    return new SyntheticBars(
        key,
        Instant.parse("2024-01-01T00:00:00Z"),
        Duration.ofDays(1),
        100,
        100,
        0.01,
        key.toString().hashCode());
  }

  /** Daily bars under {@code equities/daily/} and the symbol. */
  public static SyntheticBars daily(String symbol) {
    return of(StorageKey.of("equities", "daily", symbol));
  }

  /** With another number of bars. */
  public SyntheticBars rows(int count) {
    return new SyntheticBars(key, start, step, count, price, volatility, seed);
  }

  /** With another time of the first bar. */
  public SyntheticBars from(Instant first) {
    return new SyntheticBars(
        key, Objects.requireNonNull(first), step, rows, price, volatility, seed);
  }

  /** With another time between two bars. */
  public SyntheticBars every(Duration between) {
    return new SyntheticBars(
        key, start, Objects.requireNonNull(between), rows, price, volatility, seed);
  }

  /** With another first price. */
  public SyntheticBars startingAt(double firstPrice) {
    return new SyntheticBars(key, start, step, rows, firstPrice, volatility, seed);
  }

  /** With another standard deviation of a bar's relative change, 0.01 unless set. */
  public SyntheticBars volatility(double deviation) {
    return new SyntheticBars(key, start, step, rows, price, deviation, seed);
  }

  /** Another walk; its seed is the key's hash unless set. */
  public SyntheticBars seed(long newSeed) {
    return new SyntheticBars(key, start, step, rows, price, volatility, newSeed);
  }

  /** The bars with metadata of the provider {@code synthetic}. */
  public DataObject toDataObject() {
    return new DataObject(
        toFrame(),
        Metadata.builder(key.assetClass(), key.frequency(), key.symbol())
            .provider("synthetic")
            .build());
  }

  /** The bars. */
  public DataFrame toFrame() {
    Random random = new Random(seed);
    Instant[] timestamps = new Instant[rows];
    double[] open = new double[rows];
    double[] high = new double[rows];
    double[] low = new double[rows];
    double[] close = new double[rows];
    long[] volume = new long[rows];
    double last = price;
    for (int row = 0; row < rows; row++) {
      timestamps[row] = start.plus(step.multipliedBy(row));
      open[row] = last;
      close[row] = last * StrictMath.exp(volatility * random.nextGaussian());
      high[row] = Math.max(open[row], close[row]) * (1 + volatility * random.nextDouble());
      low[row] = Math.min(open[row], close[row]) / (1 + volatility * random.nextDouble());
      volume[row] = 1_000L + random.nextInt(9_000);
      last = close[row];
    }
    return DataFrame.builder()
        .timestamps(DataObject.TIMESTAMP, timestamps)
        .doubles("open", open)
        .doubles("high", high)
        .doubles("low", low)
        .doubles("close", close)
        .longs("volume", volume)
        .build();
  }
}
