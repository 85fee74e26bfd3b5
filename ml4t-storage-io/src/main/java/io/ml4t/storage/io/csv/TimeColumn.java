package io.ml4t.storage.io.csv;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.io.column.TimestampBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points in time: instants or local times, whichever the first value is. */
final class TimeColumn extends CsvColumn {
  private final CsvTimes times;
  private @Nullable TimestampBuilder column;
  private boolean isUtc;
  private CsvTimes.Time looked = new CsvTimes.Time(Instant.EPOCH, false);

  TimeColumn(CsvTimes times) {
    this.times = times;
  }

  @Override
  @Nullable String lookAt(char[] text, int from, int length) {
    String field = new String(text, from, length).strip();
    try {
      looked = times.parse(field);
      TimestampBuilder.micros(looked.instant());
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    return column == null || isUtc == looked.isUtc()
        ? null
        : "'%s' has %s offset, unlike the timestamps before it"
            .formatted(field, looked.isUtc() ? "an" : "no");
  }

  @Override
  String missing() {
    return "a timestamp is missing";
  }

  @Override
  void takeNull() {
    throw new IllegalStateException("a row without a timestamp is a bad one");
  }

  @Override
  void takeValue() {
    if (column == null) {
      isUtc = looked.isUtc();
      column = new TimestampBuilder(isUtc);
    }
    column.add(looked.instant());
  }

  @Override
  Column build() {
    return column == null ? new TimestampBuilder(times.isAlwaysUtc()).build() : column.build();
  }
}
