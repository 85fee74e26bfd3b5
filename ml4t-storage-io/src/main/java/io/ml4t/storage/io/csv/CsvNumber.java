package io.ml4t.storage.io.csv;

/**
 * The number that a field says. Looks at the characters themselves, and makes no text of what it
 * can compute exactly: up to 15 digits and a power of ten up to 22 are doubles themselves, so that
 * one multiplication or division rounds correctly (Clinger, How to read floating point numbers
 * accurately, 1990). Reused from field to field; not thread-safe.
 */
final class CsvNumber {
  /** What a field is. */
  enum Kind {
    /** No number. */
    NONE,
    /** A whole number that a long holds, in the form that Java prints. */
    WHOLE,
    /** Any other number. */
    DECIMAL,
    /** A number with leading zeros or too long for a long: mostly an identifier. */
    IDENTIFIER
  }

  private static final int EXACT_DIGITS = 15;
  private static final int LONG_DIGITS = 18;
  private static final int MAX_EXPONENT = 100_000;
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++, power *= 10) {
      POWERS[i] = power;
    }
  }

  private final char decimalSeparator;
  private Kind kind = Kind.NONE;
  private double value;
  private long whole;

  private char[] text = {};
  private int at;
  private int end;
  private long mantissa;
  private int digits;

  CsvNumber(char decimalSeparator) {
    this.decimalSeparator = decimalSeparator;
  }

  /** Looks at a field, and tells what it is. */
  Kind parse(char[] field, int from, int length) {
    text = field;
    at = from;
    end = from + length;
    kind = number(from);
    return kind;
  }

  /** The number. */
  double value() {
    return value;
  }

  /** The number, where the field is {@link Kind#WHOLE}. */
  long whole() {
    return whole;
  }

  private Kind number(int from) {
    mantissa = 0;
    digits = 0;
    boolean negative = at < end && text[at] == '-';
    boolean signed = negative || (at < end && text[at] == '+');
    at += signed ? 1 : 0;
    int first = at;
    int wholeDigits = digits();
    boolean isPadded = wholeDigits > 1 && text[first] == '0';
    boolean hasSeparator = at < end && text[at] == decimalSeparator;
    at += hasSeparator ? 1 : 0;
    int fraction = hasSeparator ? digits() : 0;
    if (wholeDigits + fraction == 0) {
      return special(from);
    }
    boolean hasExponent = at < end && (text[at] | 0x20) == 'e';
    int exponent = hasExponent ? exponent() : 0;
    if (at != end) {
      return Kind.NONE;
    }
    value = value(negative, exponent - fraction, from);
    if (isPadded) {
      return Kind.IDENTIFIER;
    }
    boolean isZero = mantissa == 0 && digits <= LONG_DIGITS;
    if (hasSeparator || hasExponent || (signed && (!negative || isZero))) {
      return Kind.DECIMAL;
    }
    return whole(negative, from);
  }

  /** Reads digits, and tells how many. */
  private int digits() {
    int start = at;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      if (digits < LONG_DIGITS) {
        mantissa = 10 * mantissa + (text[at] - '0');
      }
      digits += mantissa == 0 ? 0 : 1;
    }
    return at - start;
  }

  /** Reads an exponent; leaves the {@code e} unread where there is none. */
  private int exponent() {
    int start = at++;
    boolean negative = at < end && text[at] == '-';
    at += negative || (at < end && text[at] == '+') ? 1 : 0;
    int first = at;
    int exponent = 0;
    for (; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
      exponent = Math.min(MAX_EXPONENT, 10 * exponent + (text[at] - '0'));
    }
    if (at == first) {
      at = start;
    }
    return negative ? -exponent : exponent;
  }

  private double value(boolean negative, int scale, int from) {
    if (digits <= EXACT_DIGITS && Math.abs(scale) < POWERS.length) {
      double exact = scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
      return negative ? -exact : exact;
    }
    return Double.parseDouble(string(from).replace(decimalSeparator, '.'));
  }

  private Kind whole(boolean negative, int from) {
    if (digits <= LONG_DIGITS) {
      whole = negative ? -mantissa : mantissa;
      return Kind.WHOLE;
    }
    try {
      whole = Long.parseLong(string(from));
      return Kind.WHOLE;
    } catch (NumberFormatException e) {
      return Kind.IDENTIFIER;
    }
  }

  /** Java's and Python's names of what is no finite number. */
  private Kind special(int from) {
    switch (string(from)) {
      case "NaN", "nan" -> value = Double.NaN;
      case "Infinity", "inf" -> value = Double.POSITIVE_INFINITY;
      case "-Infinity", "-inf" -> value = Double.NEGATIVE_INFINITY;
      default -> {
        return Kind.NONE;
      }
    }
    return Kind.DECIMAL;
  }

  private String string(int from) {
    return new String(text, from, end - from);
  }
}
