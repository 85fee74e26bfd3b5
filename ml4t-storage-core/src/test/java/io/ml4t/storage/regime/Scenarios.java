package io.ml4t.storage.regime;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.Options;

/** What the tests of interleavings have in common: how many scenarios, and the line at the end. */
public final class Scenarios {
  private static final int COUNT = Integer.getInteger("lincheck.scenarios", 10);

  /** How many interleavings of a program take about as long as a scenario. */
  private static final int RUNS = 20;

  private Scenarios() {}

  /**
   * Looks for a scenario whose results no order of its operations explains.
   *
   * @param name of the figure
   * @param how the scenarios are run, such as "stressed"
   * @param test has the operations
   */
  public static void check(String name, String how, Options<?, ?> options, Class<?> test) {
    boolean violated = true;
    try {
      options.iterations(COUNT).actorsBefore(0).actorsAfter(1).check(test);
      violated = false;
    } finally {
      System.out.printf(
          "FIGURE regime-8 %s: %d scenarios %s, %s violations (0) %s%n",
          name, COUNT, how, violated ? "some" : "0", violated ? "SHORT" : "OK");
    }
  }

  /**
   * Looks for an interleaving of the threads that a program begins in which it fails or hangs.
   *
   * @param name of the figure
   * @param program does the same steps each time, but for those of its threads
   */
  public static void check(String name, Runnable program) {
    boolean violated = true;
    try {
      Lincheck.runConcurrentTest(RUNS * COUNT, program);
      violated = false;
    } finally {
      System.out.printf(
          "FIGURE regime-8 %s: %d interleavings model checked, %s violations (0) %s%n",
          name, RUNS * COUNT, violated ? "some" : "0", violated ? "SHORT" : "OK");
    }
  }

  /** Code of the JDK that works on what one thread sees: nothing to interleave. */
  public static boolean isLocal(String type) {
    return (type.startsWith("java.util.") && !type.startsWith("java.util.concurrent."))
        || type.startsWith("java.lang.");
  }
}
