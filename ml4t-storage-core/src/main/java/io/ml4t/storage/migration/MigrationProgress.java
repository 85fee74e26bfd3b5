package io.ml4t.storage.migration;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a migration is.
 *
 * @param successful keys that were written to the target; in a dry run, that would have been
 * @param failed keys that could not be
 * @param skipped keys that did not have to be: the target has them, or an earlier run did them
 * @param total all keys, and what the source has but cannot offer as a key; 0 before they are
 *     listed
 * @param rows the rows of the keys that were written
 * @param bytes the size of their files in the source, as far as it tells
 * @param elapsed since the start
 */
public record MigrationProgress(
    long successful,
    long failed,
    long skipped,
    long total,
    long rows,
    long bytes,
    Duration elapsed) {

  /** The keys that are done with, whatever became of them. */
  public long finished() {
    return successful + failed + skipped;
  }

  /** The share of the keys that are done with, from 0 to 1. */
  public double fraction() {
    return total == 0 ? 0 : (double) finished() / total;
  }

  /** Keys done with per second since the start. */
  public double keysPerSecond() {
    return perSecond(finished());
  }

  /** Bytes migrated per second since the start. */
  public double bytesPerSecond() {
    return perSecond(bytes);
  }

  private double perSecond(long amount) {
    return elapsed.isZero() ? 0 : amount / (elapsed.toNanos() / 1e9);
  }

  /** How long the rest takes if it goes on like this; empty before the first key is done. */
  public Optional<Duration> remaining() {
    if (finished() == 0) {
      return Optional.empty();
    }
    double nanos = (double) elapsed.toNanos() / finished() * (total - finished());
    return Optional.of(Duration.ofNanos((long) nanos));
  }

  /** One line, such as for a log. */
  @Override
  public String toString() {
    String text =
        String.format(
            Locale.ROOT,
            "%,d of %,d keys (%.0f %%), %,d skipped, %,d failed, %,d rows, %,.1f MiB, %,.0f keys/s",
            finished(),
            total,
            100 * fraction(),
            skipped,
            failed,
            rows,
            bytes / 1048576.0,
            keysPerSecond());
    return remaining().map(rest -> text + ", " + rest.toSeconds() + " s left").orElse(text);
  }
}
