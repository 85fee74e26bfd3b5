package io.ml4t.storage.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a migration did.
 *
 * @param progress the counts at its end
 * @param failures what could not be migrated, by name
 * @param dryRun whether nothing was written
 * @param cancelled whether it was cancelled before its end
 */
public record MigrationReport(
    MigrationProgress progress, List<Failure> failures, boolean dryRun, boolean cancelled) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Something that could not be migrated.
   *
   * @param name the text form of the key, or what the source calls it
   * @param cause why
   */
  public record Failure(String name, Throwable cause) {}

  /** Copies the list. */
  public MigrationReport {
    failures = List.copyOf(failures);
  }

  /** How many keys were written to the target; in a dry run, would have been. */
  public long successful() {
    return progress.successful();
  }

  /** How many keys could not be migrated. */
  public long failed() {
    return progress.failed();
  }

  /** How many keys did not have to be written. */
  public long skipped() {
    return progress.skipped();
  }

  /** The rows of the keys that were written. */
  public long rows() {
    return progress.rows();
  }

  /** The size of their files in the source, as far as it tells. */
  public long bytes() {
    return progress.bytes();
  }

  /** How long it took. */
  public Duration elapsed() {
    return progress.elapsed();
  }

  /** Whether every key is in the target now, or would be after a run that is not dry. */
  public boolean isComplete() {
    return !cancelled && failed() == 0;
  }

  /** A line of counts, then a line for each failure. */
  public String toText() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s %,d of %,d keys, %,d skipped, %,d failed: %,d rows, %,.1f MiB in %.1f s%s",
                dryRun ? "Would migrate" : "Migrated",
                successful(),
                progress.total(),
                skipped(),
                failed(),
                rows(),
                bytes() / 1048576.0,
                elapsed().toMillis() / 1e3,
                cancelled ? ", then cancelled" : ""));
    failures.forEach(failure -> text.append("\n  ").append(line(failure)));
    return text.toString();
  }

  private static String line(Failure failure) {
    return failure.name() + ": " + message(failure.cause());
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  /** The same as a JSON object, its failures as objects with key, error and message. */
  public String toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("successful", successful());
    members.put("skipped", skipped());
    members.put("failed", failed());
    members.put("total", progress.total());
    members.put("rows", rows());
    members.put("bytes", bytes());
    members.put("elapsedMillis", elapsed().toMillis());
    members.put("dryRun", dryRun);
    members.put("cancelled", cancelled);
    List<Map<String, String>> all = new ArrayList<>();
    for (Failure failure : failures) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("key", failure.name());
      one.put("error", failure.cause().getClass().getSimpleName());
      one.put("message", message(failure.cause()));
      all.add(one);
    }
    members.put("failures", all);
    return MAPPER.writeValueAsString(members);
  }

  @Override
  public String toString() {
    return toText();
  }
}
