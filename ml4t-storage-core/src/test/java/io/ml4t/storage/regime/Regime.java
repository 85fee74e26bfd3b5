package io.ml4t.storage.regime;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the reliability regimes have in common: a short slice runs in every build, the whole with
 * {@code -Dml4t.regimes=full}, and each ends in one line that says what was measured.
 */
public final class Regime {
  private Regime() {}

  /** How much to do: the slice, or the whole. */
  public static int size(int slice, int whole) {
    return isWhole() ? whole : slice;
  }

  public static boolean isWhole() {
    return "full".equals(System.getProperty("ml4t.regimes"));
  }

  /** Random choices that {@code -Dml4t.seed=...} repeats. */
  public static Random random(String regime) {
    long seed = Long.getLong("ml4t.seed", System.nanoTime());
    System.out.println("SEED " + regime + ": " + seed);
    return new Random(seed);
  }

  /**
   * Prints the regime's figure, and fails where it falls short.
   *
   * @param measured with the unit of each number
   * @param asked what it is held against
   * @param violations what went wrong, each with what is needed to see it again
   */
  public static void figure(String regime, String measured, String asked, List<String> violations) {
    String verdict = violations.isEmpty() ? "OK" : "SHORT";
    System.out.println("FIGURE regime-" + regime + ": " + measured + " (" + asked + ") " + verdict);
    if (!violations.isEmpty()) {
      List<String> first = violations.subList(0, Math.min(20, violations.size()));
      throw new AssertionError(violations.size() + " violations:\n" + String.join("\n", first));
    }
  }

  /** Says loudly why a regime cannot run here. */
  public static void skipped(String regime, String reason) {
    System.out.println("SKIPPED regime-" + regime + ": " + reason);
  }

  /** The value below which a share of the values lies. */
  public static long percentile(List<Long> values, double share) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }

  /** An empty list to collect violations in, from any thread. Each is printed at once. */
  public static List<String> violations() {
    return Collections.synchronizedList(new Violations());
  }

  private static final class Violations extends AbstractList<String> {
    private final List<String> list = new ArrayList<>();

    @Override
    public void add(int index, String violation) {
      System.out.println("VIOLATION " + violation);
      list.add(index, violation);
    }

    @Override
    public String get(int index) {
      return list.get(index);
    }

    @Override
    public int size() {
      return list.size();
    }
  }
}
