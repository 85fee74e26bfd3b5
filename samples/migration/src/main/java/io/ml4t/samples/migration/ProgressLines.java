package io.ml4t.samples.migration;

import io.ml4t.storage.migration.MigrationProgress;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Prints a line at each tenth of the way, as suits a file. */
final class ProgressLines implements Consumer<MigrationProgress> {
  private final PrintStream out;
  private int tenths;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void accept(MigrationProgress progress) {
    int now = (int) (10 * progress.fraction());
    if (now > tenths) {
      tenths = now;
      out.println(progress);
    }
  }
}
