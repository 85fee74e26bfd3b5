package io.ml4t.storage.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times contestants in turn, round after round, each round beginning with another one. A slow phase
 * of the machine, or of the garbage collector, thereby meets all of them.
 *
 * @param warmups rounds that do not count
 * @param rounds rounds that count
 * @param turnNanos how long a turn lasts about; at least one run
 */
record Contest(int warmups, int rounds, long turnNanos) {
  private static final int MAX_RUNS = 100_000;

  /** Runs the contest. */
  Medians run(List<Contestant> contestants) throws Exception {
    int[] runs = new int[contestants.size()];
    double[][] nanos = new double[contestants.size()][rounds];
    Arrays.fill(runs, 1);
    for (int round = -warmups; round < rounds; round++) {
      for (int turn = 0; turn < runs.length; turn++) {
        int who = Math.floorMod(round + turn, runs.length);
        if (runs[who] == 1) { // A long run: it shall not pay for the garbage of others.
          System.gc();
        }
        double each = contestants.get(who).nanosPerRun(runs[who]);
        if (round >= 0) {
          nanos[who][round] = each;
        } else {
          runs[who] = (int) Math.max(1, Math.min(MAX_RUNS, turnNanos / each));
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    Map<String, Double> best = new LinkedHashMap<>();
    for (int who = 0; who < runs.length; who++) {
      medians.put(contestants.get(who).name(), median(nanos[who]));
      best.put(contestants.get(who).name(), Arrays.stream(nanos[who]).min().orElse(Double.NaN));
    }
    return new Medians(medians, best);
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
