package io.ml4t.storage.io.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes frames that {@link CsvParser} reads back with equal values. */
final class CsvPrinter {
  private CsvPrinter() {}

  static void print(DataFrame frame, OutputStream out, CsvFormat format) throws IOException {
    List<Column> columns = frame.columnNames().stream().map(frame::column).toList();
    CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(format.separator())
            .quoteCharacter(format.quote())
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(QuoteStrategies.EMPTY)
            .build(out, format.charset());
    csv.writeRecord(frame.columnNames());
    for (int row = 0; row < frame.rowCount(); row++) {
      CsvWriter.CsvWriterRecord fields = csv.writeRecord();
      for (Column column : columns) {
        fields.writeField(text(column.value(row), format.decimalSeparator()));
      }
      fields.endRecord();
    }
    csv.flush();
  }

  private static @Nullable String text(@Nullable Object value, char decimalSeparator) {
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof Double || value instanceof Float) {
      return value.toString().replace('.', decimalSeparator);
    }
    return value == null ? null : value.toString();
  }
}
