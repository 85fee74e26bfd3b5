package io.ml4t.storage.io.csv;

/** What becomes of a file with a row that is no row of the frame. */
public enum BadRows {
  /** The file is refused, and the error names the first such row. */
  REFUSE_FILE,
  /** Such rows are left out and told of, unless none is left. */
  SKIP
}
