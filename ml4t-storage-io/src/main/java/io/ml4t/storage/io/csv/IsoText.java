package io.ml4t.storage.io.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The plain forms of ISO 8601, {@code yyyy-MM-dd} and {@code yyyy-MM-dd HH:mm[:ss[.fraction]]},
 * many times faster than a formatter reads them.
 */
final class IsoText {
  private static final int DATE = 10;
  private static final int MINUTE = 16;
  private static final int SECOND = 19;
  private static final int NANO = 29;

  private IsoText() {}

  /** The time that the first {@code end} characters say; null where they have another form. */
  static @Nullable LocalDateTime parse(String text, int end) {
    boolean isForm =
        (end == DATE || end == MINUTE || end == SECOND || (end > SECOND + 1 && end <= NANO))
            && text.charAt(4) == '-'
            && text.charAt(7) == '-';
    return isForm ? parts(text, end) : null;
  }

  private static @Nullable LocalDateTime parts(String text, int end) {
    try {
      LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE));
      if (end == DATE) {
        return date.atStartOfDay();
      }
      boolean isForm =
          (text.charAt(DATE) == ' ' || text.charAt(DATE) == 'T')
              && text.charAt(13) == ':'
              && (end == MINUTE || text.charAt(MINUTE) == ':')
              && (end <= SECOND || text.charAt(SECOND) == '.');
      return isForm ? date.atTime(time(text, end)) : null;
    } catch (DateTimeException e) {
      return null; // The formatter says what is wrong.
    }
  }

  private static LocalTime time(String text, int end) {
    int second = end == MINUTE ? 0 : number(text, 17, SECOND);
    int nano = 0;
    if (end > SECOND) {
      nano = number(text, SECOND + 1, end);
      for (int digits = end - SECOND - 1; digits < 9; digits++) {
        nano *= 10;
      }
    }
    return LocalTime.of(number(text, 11, 13), number(text, 14, MINUTE), second, nano);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("no digit");
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
