package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import io.ml4t.storage.frame.Validity;

/** Bars as primitive arrays: where every reader's rows or batches end up. */
final class BarArrays {
  /** Microseconds since the epoch. */
  final long[] timestamps;

  final double[] open;
  final double[] high;
  final double[] low;
  final double[] close;
  final long[] volume;

  BarArrays(int rows) {
    timestamps = new long[rows];
    open = new double[rows];
    high = new double[rows];
    low = new double[rows];
    close = new double[rows];
    volume = new long[rows];
  }

  private BarArrays(DataFrame frame) {
    timestamps = frame.timestamps("timestamp").unsafeArray();
    open = frame.doubles("open").unsafeArray();
    high = frame.doubles("high").unsafeArray();
    low = frame.doubles("low").unsafeArray();
    close = frame.doubles("close").unsafeArray();
    volume = frame.longs("volume").unsafeArray();
  }

  /** The arrays of a frame, not copies. */
  static BarArrays of(DataFrame frame) {
    return new BarArrays(frame);
  }

  /** A frame over the arrays. */
  DataFrame frame() {
    return DataFrame.builder()
        .column(
            "timestamp",
            TimestampColumn.wrap(
                timestamps, TimestampUnit.MICROS, true, Validity.allValid(timestamps.length)))
        .column("open", DoubleColumn.wrap(open))
        .column("high", DoubleColumn.wrap(high))
        .column("low", DoubleColumn.wrap(low))
        .column("close", DoubleColumn.wrap(close))
        .column("volume", LongColumn.wrap(volume))
        .build();
  }

  int rows() {
    return timestamps.length;
  }

  void set(int row, long timestamp, double o, double h, double l, double c, long v) {
    timestamps[row] = timestamp;
    open[row] = o;
    high[row] = h;
    low[row] = l;
    close[row] = c;
    volume[row] = v;
  }
}
