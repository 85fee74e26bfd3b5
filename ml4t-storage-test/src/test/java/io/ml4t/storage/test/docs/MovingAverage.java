package io.ml4t.storage.test.docs;

import io.ml4t.storage.AsyncStorage;
import java.util.Arrays;

/** The code under test in the examples of the documentation. */
class MovingAverage {
  private final AsyncStorage storage;

  MovingAverage(AsyncStorage storage) {
    this.storage = storage;
  }

  double of(String symbol, int count) {
    double[] closes =
        storage.read("equities/daily/" + symbol).join().data().doubles("close").toArray();
    return Arrays.stream(closes, closes.length - count, closes.length).average().orElseThrow();
  }
}
