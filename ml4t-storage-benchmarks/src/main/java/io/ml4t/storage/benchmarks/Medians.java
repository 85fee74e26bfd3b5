package io.ml4t.storage.benchmarks;

import java.util.Map;
import java.util.Objects;

/**
 * What a contest found.
 *
 * @param nanos for each contestant the median time of one run, in their order
 * @param best for each contestant the time of one run in its quickest turn: where the median is far
 *     above it, the machine was busy
 */
record Medians(Map<String, Double> nanos, Map<String, Double> best) {
  /** The time of a contestant, in nanoseconds. */
  double of(String name) {
    return Objects.requireNonNull(nanos.get(name), name);
  }

  /** The time of a contestant in its quickest turn, in nanoseconds. */
  double bestOf(String name) {
    return Objects.requireNonNull(best.get(name), name);
  }

  /** The time of one as a multiple of another's. */
  double ratio(String name, String other) {
    return of(name) / of(other);
  }
}
