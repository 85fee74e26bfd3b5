package io.ml4t.storage.frame;

import java.time.Instant;

/**
 * One OHLCV bar: a row with the columns that every stored frame has.
 *
 * @param timestamp the start of the bar
 * @param open the first price
 * @param high the highest price
 * @param low the lowest price
 * @param close the last price
 * @param volume the amount traded
 */
public record Bar(
    Instant timestamp, double open, double high, double low, double close, double volume) {}
