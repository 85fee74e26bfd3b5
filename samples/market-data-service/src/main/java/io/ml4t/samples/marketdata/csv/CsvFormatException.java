package io.ml4t.samples.marketdata.csv;

import org.jspecify.annotations.Nullable;

/** A CSV text that is no frame. The message names the line and, where there is one, the column. */
public class CsvFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final @Nullable String column;

  CsvFormatException(long line, @Nullable String column, String reason) {
    super(
        "Cannot read CSV: line "
            + line
            + (column == null ? "" : ", column '" + column + "'")
            + ": "
            + reason);
    this.line = line;
    this.column = column;
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
