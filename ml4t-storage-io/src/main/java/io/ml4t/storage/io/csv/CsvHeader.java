package io.ml4t.storage.io.csv;

import io.ml4t.storage.io.BadRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The columns that a header names, in order. */
record CsvHeader(List<String> names, List<CsvColumn> columns) {
  private static final List<String> REQUIRED =
      List.of("timestamp", "open", "high", "low", "close", "volume");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * The columns under the fields of a header.
   *
   * @param refused makes the exception that says what is wrong
   */
  static CsvHeader of(
      List<String> fields,
      CsvFormat format,
      long line,
      Function<BadRow, CsvFormatException> refused) {
    Map<String, CsvColumn> columns = new LinkedHashMap<>();
    for (String field : fields) {
      String name = format.columnName(field.replace(BYTE_ORDER_MARK, "").strip());
      if (name.isEmpty()) {
        throw refused.apply(
            new BadRow(line, null, "a column has no name; give it one in the format or the file"));
      }
      if (columns.put(name, CsvColumn.of(name, format)) != null) {
        throw refused.apply(new BadRow(line, CsvParser.shown(name), "the column is there twice"));
      }
    }
    for (String name : REQUIRED) {
      if (!columns.containsKey(name)) {
        throw refused.apply(
            new BadRow(
                line,
                name,
                "the column is missing; the header has "
                    + CsvParser.shown(String.join(", ", columns.keySet()))
                    + remedy(fields)));
      }
    }
    return new CsvHeader(new ArrayList<>(columns.keySet()), new ArrayList<>(columns.values()));
  }

  private static String remedy(List<String> fields) {
    if (fields.size() == 1) {
      for (char separator : new char[] {';', '\t', '|', ','}) {
        if (fields.get(0).indexOf(separator) >= 0) {
          return "; is the separator '" + (separator == '\t' ? "\\t" : separator) + "'?";
        }
      }
    }
    return "; is it there under another name, give it this one in the format";
  }
}
