package io.ml4t.storage.io;

import org.jspecify.annotations.Nullable;

/**
 * A row that is no row of the frame.
 *
 * @param line the line of the file that it starts in, from 1
 * @param column the name of the column, null where the row as a whole is wrong
 * @param reason what is wrong, and the remedy
 */
public record BadRow(long line, @Nullable String column, String reason) {

  /** Such as {@code line 7, column 'close': 'n/a' is not a number}. */
  @Override
  public String toString() {
    return "line " + line + (column == null ? "" : ", column '" + column + "'") + ": " + reason;
  }
}
