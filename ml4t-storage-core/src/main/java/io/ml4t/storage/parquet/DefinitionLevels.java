package io.ml4t.storage.parquet;

/**
 * Which rows of a page of an optional column hold a value: a bit each, 1 for a value, in runs. A
 * single run of ones, the common case, costs nothing.
 */
final class DefinitionLevels {
  private DefinitionLevels() {}

  /**
   * Marks the nulls among the next {@code count} rows in the column.
   *
   * @return the number of rows with a value
   */
  static int read(Bytes in, int count, ColumnBuffer column, int[] scratch) {
    RunLengthDecoder runs = new RunLengthDecoder(in, 1);
    runs.require(count);
    int present = 0;
    for (int row = 0, n; row < count; row += n) {
      n = runs.repeated(count - row);
      if (n > 0) {
        int level = runs.pass(n);
        MalformedException.check(level <= 1, "a column is not flat");
        if (level == 1) {
          present += n;
        } else {
          for (int done = 0; done < n; done += 64) {
            column.markNulls(row + done, -1L, Math.min(64, n - done));
          }
        }
      } else {
        n = Math.min(64, count - row);
        runs.read(scratch, 0, n);
        long nulls = 0;
        for (int i = 0; i < n; i++) {
          nulls |= (scratch[i] ^ 1L) << i;
        }
        present += n - Long.bitCount(nulls);
        if (nulls != 0) {
          column.markNulls(row, nulls, n);
        }
      }
    }
    return present;
  }
}
