package io.ml4t.samples.marketdata.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of bars from CSV, a row at a time: what is kept is the columns, never the text.
 *
 * <p>The header has {@code timestamp,open,high,low,close,volume} and any further columns, in any
 * order. Timestamps are ISO dates or date-times. Prices are doubles; the volume is a long where all
 * are whole numbers, else a double; a further column is of longs, doubles, booleans or strings, by
 * its content. An empty field is null.
 */
public final class CsvFrameReader {
  private static final List<String> REQUIRED =
      List.of("timestamp", "open", "high", "low", "close", "volume");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvFrameReader() {}

  /**
   * Reads a frame.
   *
   * @param in the text; not closed
   * @throws CsvFormatException if the text is not such a CSV
   * @throws IOException if reading fails
   */
  public static DataFrame read(InputStream in, Charset charset) throws IOException {
    CsvRow.Handler handler = new CsvRow.Handler();
    InputStreamReader text = new InputStreamReader(in, charset.newDecoder());
    try (CloseableIterator<CsvRow> rows =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler, text)
            .iterator()) {
      return read(rows);
    } catch (CsvParseException | UncheckedIOException e) {
      throw rethrow(e, handler.line(), charset);
    }
  }

  /**
   * The instant that an ISO date or date-time says, read as UTC where it has no offset.
   *
   * @throws IllegalArgumentException if it says none
   */
  public static Instant parseInstant(String text) {
    return TimestampValues.parseInstant(text);
  }

  private static DataFrame read(CloseableIterator<CsvRow> rows) {
    if (!rows.hasNext()) {
      throw new CsvFormatException(1, null, "the header is missing");
    }
    Map<String, CsvValues> columns = header(rows.next());
    List<Map.Entry<String, CsvValues>> inOrder = List.copyOf(columns.entrySet());
    long line = 1;
    while (rows.hasNext()) {
      CsvRow row = rows.next();
      line = row.line();
      if (row.fields().size() != inOrder.size()) {
        throw new CsvFormatException(
            line,
            null,
            "%d fields, but the header has %d".formatted(row.fields().size(), inOrder.size()));
      }
      for (int i = 0; i < inOrder.size(); i++) {
        add(line, inOrder.get(i).getKey(), inOrder.get(i).getValue(), row.fields().get(i));
      }
    }
    return frame(columns, line);
  }

  private static Map<String, CsvValues> header(CsvRow row) {
    Map<String, CsvValues> columns = new LinkedHashMap<>();
    for (String field : row.fields()) {
      String name = field == null ? "" : field.replace(BYTE_ORDER_MARK, "").strip();
      if (name.isEmpty()) {
        throw new CsvFormatException(row.line(), null, "a column has no name");
      }
      if (columns.put(name, CsvValues.forColumn(name)) != null) {
        throw new CsvFormatException(row.line(), name, "the column is there twice");
      }
    }
    for (String name : REQUIRED) {
      if (!columns.containsKey(name)) {
        throw new CsvFormatException(
            row.line(), name, "the column is missing; the header has " + columns.keySet());
      }
    }
    return columns;
  }

  private static void add(long line, String name, CsvValues values, @Nullable String field) {
    try {
      values.add(field);
    } catch (IllegalArgumentException e) {
      throw new CsvFormatException(line, name, String.valueOf(e.getMessage()));
    }
  }

  private static DataFrame frame(Map<String, CsvValues> columns, long lastLine) {
    Map<String, Column> built = new LinkedHashMap<>();
    columns.forEach(
        (name, values) -> {
          try {
            built.put(name, values.toColumn());
          } catch (IllegalArgumentException e) {
            throw new CsvFormatException(lastLine, name, String.valueOf(e.getMessage()));
          }
        });
    return DataFrame.of(built);
  }

  private static RuntimeException rethrow(RuntimeException e, long line, Charset charset)
      throws IOException {
    if (e.getCause() instanceof CharacterCodingException) {
      return new CsvFormatException(line, null, "the text from here on is not " + charset);
    }
    if (e.getCause() instanceof IOException cause) {
      throw cause;
    }
    return new CsvFormatException(line, null, String.valueOf(e.getMessage()));
  }
}
