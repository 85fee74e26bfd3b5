package io.ml4t.storage.benchmarks;

import java.util.Map;
import java.util.Objects;

/**
 * What a contest found.
 *
 * @param nanos for each contestant the median time of one run, in their order
 */
record Medians(Map<String, Double> nanos) {
  /** The time of a contestant, in nanoseconds. */
  double of(String name) {
    return Objects.requireNonNull(nanos.get(name), name);
  }

  /** The time of one as a multiple of another's. */
  double ratio(String name, String other) {
    return of(name) / of(other);
  }
}
