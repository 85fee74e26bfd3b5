package io.ml4t.storage.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Prints tables of ratios, and one {@code FIGURE} line for each bar. Not thread-safe.
 *
 * @param out where to
 */
record Report(PrintStream out) {
  /** How a measured value meets what was asked. */
  enum Bar {
    AT_LEAST("at least") {
      @Override
      boolean met(double measured, double asked) {
        return measured >= asked;
      }
    },
    AT_MOST("at most") {
      @Override
      boolean met(double measured, double asked) {
        return measured <= asked;
      }
    };

    private final String words;

    Bar(String words) {
      this.words = words;
    }

    abstract boolean met(double measured, double asked);
  }

  /** A line that is neither table nor figure. */
  void note(String line) {
    out.println(line);
    out.flush();
  }

  /** The line that says what all was measured on. */
  void machine() {
    note(
        "Java %s, %d processors, heap %d MiB"
            .formatted(
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20));
  }

  /** A table of times, each also as a multiple of the first one's. */
  void table(String title, Medians medians) {
    out.printf("%n| %s | median | ratio | best turn |%n|---|---:|---:|---:|%n", title);
    double base = medians.nanos().values().iterator().next();
    medians
        .nanos()
        .forEach(
            (name, nanos) ->
                out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %s |%n",
                    name,
                    time(nanos),
                    nanos / base,
                    time(medians.bestOf(name))));
    out.flush();
  }

  /** The line of a bar. */
  void figure(String name, double measured, Bar bar, double asked, String unit) {
    out.printf(
        Locale.ROOT,
        "FIGURE %s: %.2f%s (%s %s%s) %s%n",
        name,
        measured,
        unit,
        bar.words,
        number(asked),
        unit,
        bar.met(measured, asked) ? "OK" : "SHORT");
    out.flush();
  }

  /** The line of a bar that could not be measured. */
  void skipped(String name, String why) {
    note("FIGURE " + name + ": not measured, " + why + " SKIPPED");
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  static String time(double nanos) {
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
