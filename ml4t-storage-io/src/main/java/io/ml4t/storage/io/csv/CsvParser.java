package io.ml4t.storage.io.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.BadRow;
import io.ml4t.storage.io.ReadFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one CSV, a field at a time, from the parser's buffer into columns. */
final class CsvParser {
  private static final int SHOWN = 40;

  private final CsvFormat format;
  private final String name;
  private final Row row = new Row();
  private final List<BadRow> badRows = new ArrayList<>();
  private long badRowCount;
  private @Nullable CsvHeader header;

  CsvParser(CsvFormat format, String name) {
    this.format = format;
    this.name = name;
  }

  ReadFrame read(InputStream in) throws IOException {
    InputStreamReader text = new InputStreamReader(in, format.charset().newDecoder());
    try (CloseableIterator<Row> rows =
        CsvReader.builder()
            .fieldSeparator(format.separator())
            .quoteCharacter(format.quote())
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(row, text)
            .iterator()) {
      while (rows.hasNext()) {
        take(rows.next());
      }
      return frame();
    } catch (CsvParseException | UncheckedIOException e) {
      throw rethrow(e);
    }
  }

  private void take(Row read) {
    if (header == null) {
      header = CsvHeader.of(read.names, format, read.line(), this::refused);
      return;
    }
    BadRow problem = read.problem(header);
    if (problem == null) {
      header.columns().forEach(CsvColumn::take);
      return;
    }
    if (!format.skipsBadRows()) {
      throw new CsvFormatException(name, problem);
    }
    if (badRowCount++ < ReadFrame.MAX_BAD_ROWS) {
      badRows.add(problem);
    }
  }

  private ReadFrame frame() {
    if (header == null) {
      throw refused(new BadRow(1, null, "the header is missing"));
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    for (int i = 0; i < header.names().size(); i++) {
      String column = header.names().get(i);
      try {
        columns.put(column, header.columns().get(i).build());
      } catch (IllegalArgumentException e) {
        throw refused(new BadRow(row.line(), column, String.valueOf(e.getMessage())));
      }
    }
    DataFrame frame = DataFrame.of(columns);
    if (frame.rowCount() == 0 && badRowCount > 0) {
      BadRow first = badRows.get(0);
      throw refused(
          new BadRow(
              first.line(),
              first.column(),
              first.reason() + " (and none of the " + badRowCount + " rows is right)"));
    }
    return new ReadFrame(frame, null, badRows, badRowCount);
  }

  private CsvFormatException refused(BadRow row) {
    return new CsvFormatException(name, row);
  }

  private RuntimeException rethrow(RuntimeException e) throws IOException {
    if (e.getCause() instanceof CharacterCodingException) {
      return refused(
          new BadRow(
              row.line(),
              null,
              "the text from here on is not " + format.charset() + "; name its charset"));
    }
    if (e.getCause() instanceof IOException cause) {
      throw cause;
    }
    return refused(new BadRow(row.line(), null, String.valueOf(e.getMessage())));
  }

  /** A field for a message: short, on one line. */
  static String shown(char[] text, int from, int length) {
    return shown(new String(text, from, Math.min(length, SHOWN + 1)));
  }

  /** A field for a message: short, on one line. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /** The fields of a row, as the parser hands them over. */
  private final class Row extends AbstractBaseCsvCallbackHandler<Row> {
    final List<String> names = new ArrayList<>();
    private @Nullable BadRow problem;

    /** The line that the newest row starts in. */
    long line() {
      return Math.max(1, getStartingLineNumber());
    }

    @Nullable BadRow problem(CsvHeader header) {
      int expected = header.names().size();
      return getFieldCount() == expected
          ? problem
          : new BadRow(
              line(),
              null,
              "%d fields, but the header has %d".formatted(getFieldCount(), expected));
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      problem = null;
    }

    @Override
    protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
      if (header == null) {
        names.add(new String(text, from, length));
      } else if (problem == null && index < header.names().size()) {
        CsvColumn column = header.columns().get(index);
        String reason =
            !quoted && format.isNull(text, from, length)
                ? column.lookAtNull()
                : column.look(text, from, length);
        problem = reason == null ? null : new BadRow(line(), header.names().get(index), reason);
      }
    }

    @Override
    protected Row buildRecord() {
      return this;
    }
  }
}
