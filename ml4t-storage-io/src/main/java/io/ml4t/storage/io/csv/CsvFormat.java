package io.ml4t.storage.io.csv;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.FrameReader;
import io.ml4t.storage.io.FrameWriter;
import io.ml4t.storage.io.ReadFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a CSV is written, and with that its reader and writer. Immutable, safe for use by many
 * threads.
 *
 * <p>The header has {@code timestamp,open,high,low,close,volume} and any further columns, in any
 * order. Timestamps are ISO dates or date-times, unless the format says otherwise; with an offset
 * they are instants, without one local; in microseconds, or in nanoseconds where any needs it.
 * Prices are doubles; the volume is a long where all are whole numbers, else a double; a further
 * column is of longs, doubles, booleans or strings, by its content. An empty field is null, a pair
 * of quotes an empty string.
 *
 * <p>A file is read a field at a time into columns. What is kept is the columns, never the text of
 * the whole.
 */
public final class CsvFormat implements FrameReader, FrameWriter {
  private static final CsvFormat DEFAULTS = builder().build();

  private final Charset charset;
  private final char separator;
  private final char quote;
  private final char decimalSeparator;
  private final Map<String, String> columns;
  private final boolean lowerCaseHeader;
  private final Set<String> nulls;
  private final CsvTimes times;
  private final BadRows badRows;

  CsvFormat(CsvFormatBuilder builder) {
    charset = builder.charset;
    separator = builder.separator;
    quote = builder.quote;
    decimalSeparator = builder.decimalSeparator;
    columns = Map.copyOf(builder.columns);
    lowerCaseHeader = builder.lowerCaseHeader;
    nulls = Set.copyOf(builder.nulls);
    times = new CsvTimes(builder.patterns, builder.epochUnit, builder.zone);
    badRows = builder.badRows;
  }

  /** UTF-8, commas, decimal points, ISO times; a bad row refuses the file. */
  public static CsvFormat defaults() {
    return DEFAULTS;
  }

  /** A builder with the defaults. */
  public static CsvFormatBuilder builder() {
    return new CsvFormatBuilder();
  }

  /**
   * Reads a file.
   *
   * @throws CsvFormatException if it is not such a CSV
   * @throws IOException if reading fails
   */
  @Override
  public ReadFrame read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param in the text; not closed
   * @param name what errors call it
   * @throws CsvFormatException if it is not such a CSV
   * @throws IOException if reading fails
   */
  public ReadFrame read(InputStream in, String name) throws IOException {
    return new CsvParser(this, name).read(in);
  }

  /** Writes the rows, see {@link #write(DataFrame, OutputStream)}; the metadata has no place. */
  @Override
  public void write(DataObject data, OutputStream out) throws IOException {
    write(data.data(), out);
  }

  /**
   * Writes a frame. Charset, separators and quotes are this format's; columns have their own names
   * in the header; timestamps are ISO date-times, always with a time, and with a {@code Z} where
   * they are instants; numbers are in Java's shortest form; null is an empty field, an empty string
   * a pair of quotes.
   *
   * @param out takes the text; flushed, not closed
   * @throws IOException if writing fails
   */
  public void write(DataFrame frame, OutputStream out) throws IOException {
    CsvPrinter.print(frame, out, this);
  }

  /**
   * The instant that a timestamp of this format says, read as UTC where it has no offset.
   *
   * @throws IllegalArgumentException if it says none
   */
  public Instant instant(String timestamp) {
    return times.parse(timestamp).instant();
  }

  Charset charset() {
    return charset;
  }

  char separator() {
    return separator;
  }

  char quote() {
    return quote;
  }

  char decimalSeparator() {
    return decimalSeparator;
  }

  CsvTimes times() {
    return times;
  }

  boolean skipsBadRows() {
    return badRows == BadRows.SKIP;
  }

  /** Whether a field without quotes stands for null. */
  boolean isNull(char[] text, int from, int length) {
    return length == 0 || (!nulls.isEmpty() && nulls.contains(new String(text, from, length)));
  }

  /** The name of the column under a header. */
  String columnName(String header) {
    String name = lowerCaseHeader ? header.toLowerCase(Locale.ROOT) : header;
    return columns.getOrDefault(name, name);
  }
}
