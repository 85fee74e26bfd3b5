package io.ml4t.storage.io.csv;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.io.column.BooleanBuilder;
import io.ml4t.storage.io.column.ColumnBuilder;
import io.ml4t.storage.io.column.DoubleBuilder;
import io.ml4t.storage.io.column.IntBuilder;
import io.ml4t.storage.io.column.LongBuilder;
import io.ml4t.storage.io.column.TextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Longs, doubles, booleans or text, whichever holds all values. The characters are kept in one
 * piece until all are known, without an object per field.
 */
final class TypedByContent extends CsvColumn {
  private enum Type {
    LONG,
    DOUBLE,
    BOOLEAN,
    TEXT;

    /** The type of a column that has fields of this type and of the other; null is none yet. */
    Type or(@Nullable Type other) {
      if (other == null || other == this) {
        return this;
      }
      return compareTo(DOUBLE) <= 0 && other.compareTo(DOUBLE) <= 0 ? DOUBLE : TEXT;
    }
  }

  private final CsvNumber number;
  private final StringBuilder characters = new StringBuilder();

  /** Where the characters of each field end; -1 for one without a value. */
  private final IntBuilder ends = new IntBuilder();

  private int taken;
  private Type looked = Type.TEXT;
  private @Nullable Type type;

  TypedByContent(char decimalSeparator) {
    number = new CsvNumber(decimalSeparator);
  }

  @Override
  @Nullable String lookAt(char[] text, int from, int length) {
    characters.setLength(taken);
    characters.append(text, from, length);
    looked =
        switch (number.parse(text, from, length)) {
          case WHOLE -> Type.LONG;
          case DECIMAL -> Type.DOUBLE;
          case IDENTIFIER -> Type.TEXT;
          case NONE -> isBoolean(text, from, length) ? Type.BOOLEAN : Type.TEXT;
        };
    return null;
  }

  private static boolean isBoolean(char[] text, int from, int length) {
    if (length != 4 && length != 5) {
      return false;
    }
    String word = new String(text, from, length);
    return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
  }

  @Override
  void takeNull() {
    ends.addNull();
  }

  @Override
  void takeValue() {
    taken = characters.length();
    ends.add(taken);
    type = looked.or(type);
  }

  @Override
  Column build() {
    return switch (type == null ? Type.TEXT : type) {
      case LONG -> build(new LongBuilder(), (column, field) -> column.add(Long.parseLong(field)));
      case DOUBLE -> build(new DoubleBuilder(), (column, field) -> column.add(number(field)));
      case BOOLEAN ->
          build(new BooleanBuilder(), (column, field) -> column.add(Boolean.parseBoolean(field)));
      case TEXT -> build(new TextBuilder(), TextBuilder::add);
    };
  }

  private double number(String field) {
    number.parse(field.toCharArray(), 0, field.length());
    return number.value();
  }

  private interface Adder<B> {
    void add(B column, String field);
  }

  private <B extends ColumnBuilder<?>> Column build(B column, Adder<B> adder) {
    Column lengths = ends.build();
    int start = 0;
    for (int row = 0; row < lengths.size(); row++) {
      if (lengths.value(row) instanceof Integer end) {
        adder.add(column, characters.substring(start, end));
        start = end;
      } else {
        column.addNull();
      }
    }
    return column.build();
  }
}
