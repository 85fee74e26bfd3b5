package io.ml4t.samples.marketdata.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames as CSV that {@link CsvFrameReader} reads back with equal values.
 *
 * <p>Timestamps are ISO date-times, always with a time, and with a {@code Z} where they are
 * instants; numbers are in Java's shortest form; null is an empty field, an empty string a pair of
 * quotes.
 */
public final class CsvFrameWriter {
  private CsvFrameWriter() {}

  /**
   * Writes a frame, with a header.
   *
   * @param out takes the text; flushed, not closed
   * @throws IOException if writing fails
   */
  public static void write(DataFrame frame, OutputStream out, Charset charset) throws IOException {
    List<Column> columns = frame.columnNames().stream().map(frame::column).toList();
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(QuoteStrategies.EMPTY)
            .build(out, charset);
    csv.writeRecord(frame.columnNames());
    for (int row = 0; row < frame.rowCount(); row++) {
      CsvWriter.CsvWriterRecord fields = csv.writeRecord();
      for (Column column : columns) {
        fields.writeField(text(column.value(row)));
      }
      fields.endRecord();
    }
    csv.flush();
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    return value == null ? null : value.toString();
  }
}
