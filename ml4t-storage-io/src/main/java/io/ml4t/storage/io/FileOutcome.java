package io.ml4t.storage.io;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file, or of one group of rows of a query.
 *
 * @param source the file below its folder, or the key of the rows
 * @param key its key; null where it has none
 * @param status what became of it
 * @param rows the rows that were transferred
 * @param badRows the rows that were left out, in order; at most the first {@link
 *     ReadFrame#MAX_BAD_ROWS}
 * @param badRowCount how many rows were left out
 * @param error why it failed; null where it did not
 */
public record FileOutcome(
    String source,
    @Nullable StorageKey key,
    Status status,
    long rows,
    List<BadRow> badRows,
    long badRowCount,
    @Nullable Throwable error) {

  /** What became of a file. */
  public enum Status {
    /** It was transferred, but for bad rows if there were any. */
    DONE,
    /** It was left alone, as it was asked for. */
    SKIPPED,
    /** It was not transferred. */
    FAILED
  }

  /** Copies the list. */
  public FileOutcome {
    badRows = List.copyOf(badRows);
  }

  static FileOutcome done(String source, StorageKey key, ReadFrame read) {
    return new FileOutcome(
        source, key, Status.DONE, read.data().rowCount(), read.badRows(), read.badRowCount(), null);
  }

  static FileOutcome skipped(String source, StorageKey key) {
    return new FileOutcome(source, key, Status.SKIPPED, 0, List.of(), 0, null);
  }

  static FileOutcome failed(String source, @Nullable StorageKey key, Throwable error) {
    return new FileOutcome(source, key, Status.FAILED, 0, List.of(), 0, error);
  }

  /** What is wrong, in words; null where nothing is. */
  public @Nullable String reason() {
    if (error == null) {
      return null;
    }
    // The store's own errors say what is wrong by their message, others by their type too.
    String message = error.getMessage();
    return error instanceof StorageException && message != null ? message : error.toString();
  }

  /** One line; with more below it where rows were left out. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            switch (status) {
              case DONE -> "done     %s → %s, %,d rows".formatted(source, key, rows);
              case SKIPPED -> "skipped  %s: %s exists".formatted(source, key);
              case FAILED -> "FAILED   %s: %s".formatted(source, reason());
            });
    badRows.forEach(row -> text.append("\n         left out ").append(row));
    if (badRowCount > badRows.size()) {
      text.append("\n         and %,d rows more".formatted(badRowCount - badRows.size()));
    }
    return text.toString();
  }
}
