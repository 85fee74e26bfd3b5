package io.ml4t.samples.marketdata.csv;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.Validity;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a field by its content. A number with leading zeros or too long for a long is text:
 * it is mostly an identifier, and would change as a number.
 */
enum CsvType {
  LONG,
  DOUBLE,
  BOOLEAN,
  STRING;

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern FLOATING =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  static CsvType of(String field) {
    if (WHOLE.matcher(field).matches()) {
      return isLong(field) ? LONG : STRING;
    }
    if (DECIMAL.matcher(field).matches() || isSpecial(field)) {
      return DOUBLE;
    }
    return field.equalsIgnoreCase("true") || field.equalsIgnoreCase("false") ? BOOLEAN : STRING;
  }

  /** The type of a column that has fields of this type and of the other; null is none yet. */
  CsvType or(@Nullable CsvType other) {
    if (other == null || other == this) {
      return this;
    }
    return compareTo(DOUBLE) <= 0 && other.compareTo(DOUBLE) <= 0 ? DOUBLE : STRING;
  }

  /**
   * The number that a field says, leading zeros allowed.
   *
   * @throws IllegalArgumentException if it says none
   */
  static double parseDouble(String field) {
    if (FLOATING.matcher(field).matches()) {
      return Double.parseDouble(field);
    }
    if (isSpecial(field)) {
      return switch (field) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(field);
      };
    }
    throw new IllegalArgumentException("'" + field + "' is not a number");
  }

  Column toColumn(List<@Nullable String> fields, Validity validity) {
    int size = fields.size();
    switch (this) {
      case LONG -> {
        long[] values = new long[size];
        for (int row = 0; row < size; row++) {
          String field = fields.get(row);
          values[row] = field == null ? 0 : Long.parseLong(field);
        }
        return LongColumn.wrap(values, validity);
      }
      case DOUBLE -> {
        double[] values = new double[size];
        for (int row = 0; row < size; row++) {
          String field = fields.get(row);
          values[row] = field == null ? 0 : parseDouble(field);
        }
        return DoubleColumn.wrap(values, validity);
      }
      case BOOLEAN -> {
        boolean[] values = new boolean[size];
        for (int row = 0; row < size; row++) {
          values[row] = Boolean.parseBoolean(fields.get(row));
        }
        return BooleanColumn.wrap(values, validity);
      }
      default -> {
        return StringColumn.wrap(fields.toArray(new String[0]));
      }
    }
  }

  private static boolean isLong(String digits) {
    try {
      Long.parseLong(digits);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Java's and Python's names of what is no finite number. */
  private static boolean isSpecial(String field) {
    return switch (field) {
      case "NaN", "nan", "Infinity", "-Infinity", "inf", "-inf" -> true;
      default -> false;
    };
  }
}
