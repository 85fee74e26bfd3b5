package io.ml4t.samples.marketdata.csv;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.Validity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Collects the values of one column, a field at a time. */
abstract sealed class CsvValues permits TimestampValues, CsvValues.Numbers, CsvValues.Text {
  private final BitSet nulls = new BitSet();
  private int size;

  /** The values that a column of that name has in a frame of bars. */
  static CsvValues forColumn(String name) {
    return switch (name) {
      case "timestamp" -> new TimestampValues();
      case "open", "high", "low", "close" -> new Numbers(false);
      case "volume" -> new Numbers(true);
      default -> new Text();
    };
  }

  /**
   * Takes the next field.
   *
   * @param field the text, null where there is none
   * @throws IllegalArgumentException if it is no such value, with the reason
   */
  final void add(@Nullable String field) {
    if (field == null) {
      addNull();
      nulls.set(size);
    } else {
      addValue(field);
    }
    size++;
  }

  abstract void addNull();

  abstract void addValue(String field);

  /**
   * The column of all values.
   *
   * @throws IllegalArgumentException if no one column can hold them
   */
  abstract Column toColumn();

  final Validity validity() {
    if (nulls.isEmpty()) {
      return Validity.allValid(size);
    }
    boolean[] isNull = new boolean[size];
    nulls.stream().forEach(row -> isNull[row] = true);
    return Validity.ofNulls(isNull);
  }

  /** Doubles; or longs, where these will do and every value is a whole number. */
  static final class Numbers extends CsvValues {
    private final DoubleStream.Builder doubles = DoubleStream.builder();
    private final LongStream.Builder longs = LongStream.builder();
    private boolean whole;

    Numbers(boolean whole) {
      this.whole = whole;
    }

    @Override
    void addNull() {
      doubles.add(0);
      longs.add(0);
    }

    @Override
    void addValue(String field) {
      String number = field.strip();
      whole = whole && CsvType.of(number) == CsvType.LONG;
      if (whole) {
        longs.add(Long.parseLong(number));
      }
      doubles.add(CsvType.parseDouble(number));
    }

    @Override
    Column toColumn() {
      return whole
          ? LongColumn.wrap(longs.build().toArray(), validity())
          : DoubleColumn.wrap(doubles.build().toArray(), validity());
    }
  }

  /** Values whose type shows when all are known. */
  static final class Text extends CsvValues {
    private final List<@Nullable String> fields = new ArrayList<>();
    private @Nullable CsvType type;

    @Override
    void addNull() {
      fields.add(null);
    }

    @Override
    void addValue(String field) {
      type = CsvType.of(field).or(type);
      fields.add(field);
    }

    @Override
    Column toColumn() {
      return (type == null ? CsvType.STRING : type).toColumn(fields, validity());
    }
  }
}
