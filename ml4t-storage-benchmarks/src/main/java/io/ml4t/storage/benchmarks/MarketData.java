package io.ml4t.storage.benchmarks;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.DataFrame;
import java.util.Random;

/**
 * Made-up bars, the same at each run: a random walk by the minute, about 100 a share.
 *
 * @param kind what the prices are like
 * @param rows how many bars
 */
public record MarketData(Kind kind, int rows) {
  /** What prices are like. */
  public enum Kind {
    /** To the cent, as exchanges quote them: few distinct values. */
    ROUNDED,
    /** All digits, as adjusted or computed prices have them: all distinct. */
    UNROUNDED;

    String label() {
      return this == ROUNDED ? "rounded" : "unrounded";
    }
  }

  /** The rows of a year of daily bars: the commonest frame. */
  static final int SMALL_ROWS = 252;

  static final int LARGE_ROWS = 2_000_000;

  /** The names of the columns, in order. */
  static final String[] COLUMNS = {"timestamp", "open", "high", "low", "close", "volume"};

  private static final long SEED = 20240102;
  private static final long START_MICROS = 1_704_153_600_000_000L;
  private static final long MINUTE_MICROS = 60_000_000L;

  /** The frame. */
  DataFrame frame() {
    Random random = new Random(SEED);
    BarArrays bars = new BarArrays(rows);
    double close = 100;
    for (int row = 0; row < rows; row++) {
      double open = close;
      // Pulled back to 100, so that a long walk stays among prices.
      close = open + 0.05 * random.nextGaussian() + 0.0001 * (100 - open);
      double high = Math.max(open, close) + 0.03 * Math.abs(random.nextGaussian());
      double low = Math.min(open, close) - 0.03 * Math.abs(random.nextGaussian());
      long volume = 100 + (long) (5_000 * -Math.log(1 - random.nextDouble()));
      bars.set(
          row,
          START_MICROS + row * MINUTE_MICROS,
          price(open),
          price(high),
          price(low),
          price(close),
          volume);
    }
    return bars.frame();
  }

  /** The frame as data of a symbol. */
  static DataObject object(DataFrame frame, String symbol) {
    return new DataObject(
        frame, Metadata.builder("equities", "minute", symbol).provider("synthetic").build());
  }

  /** The bytes of the arrays that hold a frame: all its columns are 8 bytes wide. */
  static long arrayBytes(DataFrame frame) {
    return 8L * frame.columnCount() * frame.rowCount();
  }

  private double price(double value) {
    return kind == Kind.ROUNDED ? Math.rint(value * 100) / 100 : value;
  }
}
