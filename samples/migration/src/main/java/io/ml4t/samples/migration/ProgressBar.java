package io.ml4t.samples.migration;

import io.ml4t.storage.migration.MigrationProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Draws a bar on one line of a terminal of 80 columns, ten times a second at most, and at the end.
 */
final class ProgressBar implements Consumer<MigrationProgress> {
  private static final int WIDTH = 20;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_REST = "\u001b[K";

  private final PrintStream out;
  private Duration next = Duration.ZERO;

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(MigrationProgress progress) {
    boolean last = progress.finished() == progress.total();
    if (last || progress.elapsed().compareTo(next) >= 0) {
      next = progress.elapsed().plus(PAUSE);
      out.print(START_OF_LINE + line(progress) + CLEAR_REST);
      out.flush();
    }
  }

  private static String line(MigrationProgress progress) {
    int filled = (int) (WIDTH * progress.fraction());
    return String.format(
        Locale.ROOT,
        "[%s%s] %,d/%,d keys%s, %,.0f/s%s",
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        progress.finished(),
        progress.total(),
        progress.failed() == 0 ? "" : ", " + progress.failed() + " failed",
        progress.keysPerSecond(),
        progress.remaining().map(ProgressBar::left).orElse(""));
  }

  private static String left(Duration rest) {
    return String.format(
        Locale.ROOT,
        ", %d:%02d:%02d left",
        rest.toHours(),
        rest.toMinutesPart(),
        rest.toSecondsPart());
  }
}
