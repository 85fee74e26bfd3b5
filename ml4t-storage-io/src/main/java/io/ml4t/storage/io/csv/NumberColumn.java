package io.ml4t.storage.io.csv;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.io.column.DoubleBuilder;
import io.ml4t.storage.io.column.LongBuilder;
import org.jspecify.annotations.Nullable;

/** Doubles; or longs, where these will do and every value is a whole number. */
final class NumberColumn extends CsvColumn {
  private final CsvNumber number;
  private final DoubleBuilder doubles = new DoubleBuilder();
  private @Nullable LongBuilder longs;
  private CsvNumber.Kind kind = CsvNumber.Kind.NONE;

  NumberColumn(boolean mayBeWhole, char decimalSeparator) {
    number = new CsvNumber(decimalSeparator);
    longs = mayBeWhole ? new LongBuilder() : null;
  }

  @Override
  @Nullable String lookAt(char[] text, int from, int length) {
    int start = from;
    int end = from + length;
    while (start < end && Character.isWhitespace(text[start])) {
      start++;
    }
    while (end > start && Character.isWhitespace(text[end - 1])) {
      end--;
    }
    kind = number.parse(text, start, end - start);
    return kind == CsvNumber.Kind.NONE
        ? "'" + CsvParser.shown(text, from, length) + "' is not a number"
        : null;
  }

  @Override
  void takeNull() {
    doubles.addNull();
    if (longs != null) {
      longs.addNull();
    }
  }

  @Override
  void takeValue() {
    doubles.add(number.value());
    if (longs != null && kind == CsvNumber.Kind.WHOLE) {
      longs.add(number.whole());
    } else {
      longs = null;
    }
  }

  @Override
  Column build() {
    return longs == null ? doubles.build() : longs.build();
  }
}
