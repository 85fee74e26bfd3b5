package io.ml4t.storage.io.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link CsvFormat}. Not thread-safe. */
public final class CsvFormatBuilder {
  Charset charset = StandardCharsets.UTF_8;
  char separator = ',';
  char quote = '"';
  char decimalSeparator = '.';
  final Map<String, String> columns = new LinkedHashMap<>();
  boolean lowerCaseHeader;
  final Set<String> nulls = new LinkedHashSet<>();
  List<String> patterns = List.of();
  @Nullable ChronoUnit epochUnit;
  @Nullable ZoneId zone;
  BadRows badRows = BadRows.REFUSE_FILE;

  CsvFormatBuilder() {}

  /** The charset; by default UTF-8. A byte order mark is passed over. */
  public CsvFormatBuilder charset(Charset value) {
    charset = value;
    return this;
  }

  /** What is between fields; by default a comma. */
  public CsvFormatBuilder separator(char value) {
    separator = value;
    return this;
  }

  /** What is around a field that holds separators, quotes or line breaks; by default {@code "}. */
  public CsvFormatBuilder quote(char value) {
    quote = value;
    return this;
  }

  /** What is before the fraction of a number; by default a point. */
  public CsvFormatBuilder decimalSeparator(char value) {
    decimalSeparator = value;
    return this;
  }

  /**
   * Gives a column another name than its header.
   *
   * @param header the header, in lower case where {@link #lowerCaseHeader} is set; empty for the
   *     nameless column of an index
   */
  public CsvFormatBuilder column(String header, String name) {
    columns.put(header, name);
    return this;
  }

  /** Takes the headers in lower case, so that {@code Close} is the column {@code close}. */
  public CsvFormatBuilder lowerCaseHeader() {
    lowerCaseHeader = true;
    return this;
  }

  /** Texts that stand for null where they have no quotes, such as {@code null} or {@code N/A}. */
  public CsvFormatBuilder nulls(String... texts) {
    nulls.addAll(List.of(texts));
    return this;
  }

  /**
   * The time zone of timestamps that have no offset: they become instants. Of an hour that its
   * clocks go through twice, the first is meant; a time that they skip is an error.
   */
  public CsvFormatBuilder zone(ZoneId value) {
    zone = value;
    return this;
  }

  /**
   * The forms of timestamps, of which the first that fits is taken, such as {@code dd.MM.yyyy
   * HH:mm} or {@code M/d/yyyy}; a date alone is its first moment. By default ISO 8601.
   *
   * @param values patterns of {@link java.time.format.DateTimeFormatter}; names of months and days
   *     are English
   * @throws IllegalArgumentException if one is no such pattern
   */
  public CsvFormatBuilder timestampPatterns(String... values) {
    for (String value : values) {
      CsvTimes.formatter(value);
    }
    patterns = List.of(values);
    return this;
  }

  /** Timestamps are whole numbers of that unit since 1970-01-01T00:00:00Z. */
  public CsvFormatBuilder epochTimestamps(ChronoUnit unit) {
    epochUnit = unit;
    return this;
  }

  /** What becomes of a file with a bad row; by default it is refused. */
  public CsvFormatBuilder badRows(BadRows value) {
    badRows = value;
    return this;
  }

  /**
   * The format.
   *
   * @throws IllegalArgumentException if one character has two meanings
   */
  public CsvFormat build() {
    if (separator == quote || quote == decimalSeparator || isLineBreak(separator, quote)) {
      throw new IllegalArgumentException(
          "Cannot read CSV with separator '%s', quote '%s' and decimal separator '%s': all must differ, and none be a line break"
              .formatted(separator, quote, decimalSeparator));
    }
    return new CsvFormat(this);
  }

  private static boolean isLineBreak(char separator, char quote) {
    return separator == '\n' || separator == '\r' || quote == '\n' || quote == '\r';
  }
}
