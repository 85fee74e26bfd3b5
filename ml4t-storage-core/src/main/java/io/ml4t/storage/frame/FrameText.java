package io.ml4t.storage.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Prints a frame as an aligned table of bounded size. */
final class FrameText {
  /** How many rows are shown at each end. */
  private static final int END_ROWS = 5;

  private static final int FIRST_COLUMNS = 8;
  private static final int LAST_COLUMNS = 4;
  private static final int MAX_CELL = 32;
  private static final int DECIMALS = 6;
  private static final String ELLIPSIS = "…";

  private FrameText() {}

  static String of(DataFrame frame) {
    StringBuilder text =
        new StringBuilder()
            .append(count(frame.rowCount(), "row"))
            .append(" × ")
            .append(count(frame.columnCount(), "column"));
    List<List<String>> table = table(frame);
    for (int line = 0; !table.isEmpty() && line < table.get(0).size(); line++) {
      StringBuilder row = new StringBuilder();
      for (List<String> column : table) {
        row.append(row.isEmpty() ? "" : "  ").append(column.get(line));
      }
      text.append('\n').append(row.toString().stripTrailing());
    }
    return text.toString();
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The cells of each column that is shown, all of a column of one width. */
  private static List<List<String>> table(DataFrame frame) {
    int[] rows = shown(frame.rowCount(), END_ROWS, END_ROWS);
    List<String> names = frame.columnNames();
    List<List<String>> table = new ArrayList<>();
    for (int index : shown(names.size(), FIRST_COLUMNS, LAST_COLUMNS)) {
      List<String> cells = new ArrayList<>();
      @Nullable Column column = index < 0 ? null : frame.column(names.get(index));
      cells.add(column == null ? ELLIPSIS : bounded(names.get(index)));
      cells.add(column == null ? "" : column.describe());
      for (int row : rows) {
        cells.add(column == null || row < 0 ? ELLIPSIS : cell(column.value(row)));
      }
      table.add(aligned(cells, column != null && column.type().isNumeric()));
    }
    return table;
  }

  /** The first and last indexes of {@code size}, with -1 for those left out between them. */
  private static int[] shown(int size, int first, int last) {
    if (size <= first + last) {
      return IntStream.range(0, size).toArray();
    }
    return IntStream.concat(
            IntStream.concat(IntStream.range(0, first), IntStream.of(-1)),
            IntStream.range(size - last, size))
        .toArray();
  }

  private static List<String> aligned(List<String> cells, boolean right) {
    int width = cells.stream().mapToInt(FrameText::width).max().orElse(0);
    return cells.stream()
        .map(
            cell -> {
              String padding = " ".repeat(width - width(cell));
              return right ? padding + cell : cell + padding;
            })
        .toList();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static String cell(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return number(value.toString());
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    return bounded(String.valueOf(value));
  }

  /** At most six decimals; an exponent where that would be unreadable. */
  private static String number(String value) {
    if (value.equals("NaN") || value.endsWith("Infinity")) {
      return value;
    }
    BigDecimal exact = new BigDecimal(value);
    int magnitude = exact.precision() - exact.scale();
    if (exact.signum() != 0 && (magnitude < -3 || magnitude > 15)) {
      BigDecimal rounded = exact.round(new MathContext(DECIMALS + 1)).stripTrailingZeros();
      return String.format(Locale.ROOT, "%." + Math.max(1, rounded.precision() - 1) + "e", rounded);
    }
    if (exact.signum() == 0) {
      return value;
    }
    BigDecimal rounded = exact.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.setScale(Math.max(1, rounded.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }

  /** One line of bounded length, with control characters shown as escapes. */
  private static String bounded(String text) {
    StringBuilder line = new StringBuilder();
    int[] points = text.codePoints().limit(MAX_CELL + 1).toArray();
    int count = points.length > MAX_CELL ? MAX_CELL - 1 : points.length;
    for (int i = 0; i < count; i++) {
      if (Character.isISOControl(points[i])) {
        line.append(String.format(Locale.ROOT, "\\u%04x", points[i]));
      } else {
        line.appendCodePoint(points[i]);
      }
    }
    return line.append(count < points.length ? ELLIPSIS : "").toString();
  }
}
