package io.ml4t.samples.marketdata.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of fields.
 *
 * @param line the line that it starts in, from 1
 * @param fields the fields; null where there is nothing, empty where there is a pair of quotes
 */
record CsvRow(long line, List<@Nullable String> fields) {

  /** Collects the fields of a row. */
  static final class Handler extends AbstractBaseCsvCallbackHandler<CsvRow> {
    private List<@Nullable String> fields = new ArrayList<>();

    /** The line that the newest row starts in. */
    long line() {
      return Math.max(1, getStartingLineNumber());
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      fields = new ArrayList<>();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
    }

    @Override
    protected CsvRow buildRecord() {
      return new CsvRow(getStartingLineNumber(), fields);
    }
  }
}
