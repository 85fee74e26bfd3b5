package io.ml4t.storage.io.csv;

import io.ml4t.storage.frame.Column;
import org.jspecify.annotations.Nullable;

/**
 * One column of a frame, from the fields of one column of a CSV. A field is first looked at, then
 * taken when all of its row are known to be right. Not thread-safe.
 */
abstract sealed class CsvColumn permits NumberColumn, TimeColumn, TypedByContent {
  private boolean isNull;

  /** The column for a name; the required ones have their types. */
  static CsvColumn of(String name, CsvFormat format) {
    return switch (name) {
      case "timestamp" -> new TimeColumn(format.times());
      case "open", "high", "low", "close" -> new NumberColumn(false, format.decimalSeparator());
      case "volume" -> new NumberColumn(true, format.decimalSeparator());
      default -> new TypedByContent(format.decimalSeparator());
    };
  }

  /**
   * Looks at the next field.
   *
   * @return why it is no value of this column; null where it is one
   */
  final @Nullable String look(char[] text, int from, int length) {
    isNull = false;
    return lookAt(text, from, length);
  }

  /**
   * Looks at a field that has no value.
   *
   * @return why there must be one; null where there need not
   */
  final @Nullable String lookAtNull() {
    isNull = true;
    return missing();
  }

  /** Takes the field that was looked at. */
  final void take() {
    if (isNull) {
      takeNull();
    } else {
      takeValue();
    }
  }

  @Nullable String missing() {
    return null;
  }

  abstract @Nullable String lookAt(char[] text, int from, int length);

  abstract void takeNull();

  abstract void takeValue();

  /**
   * The column of all values taken.
   *
   * @throws IllegalArgumentException if no one column can hold them
   */
  abstract Column build();
}
