package io.ml4t.storage.io.csv;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.io.BadRow;
import org.jspecify.annotations.Nullable;

/**
 * A text that is no CSV of a frame. The message names the line and, where there is one, the column.
 */
public class CsvFormatException extends InvalidDataException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final @Nullable String column;

  CsvFormatException(String name, BadRow row) {
    super("Cannot read " + name + ": " + row);
    this.line = row.line();
    this.column = row.column();
  }

  /** The line, from 1 for the header. */
  public long line() {
    return line;
  }

  /** The name of the column, null where the line as a whole is wrong. */
  public @Nullable String column() {
    return column;
  }
}
