package io.ml4t.samples.marketdata.csv;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.TimestampColumn;
import io.ml4t.storage.frame.TimestampUnit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * ISO 8601 dates and date-times, with a {@code T} or a space before the time. With offsets they are
 * instants, without they are local; one column has the one or the other. In microseconds, or in
 * nanoseconds where any value needs it.
 */
final class TimestampValues extends CsvValues {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private final LongStream.Builder micros = LongStream.builder();
  private final LongStream.Builder nanos = LongStream.builder();
  private boolean nanosNeeded;
  private @Nullable Boolean utc;

  /**
   * The instant that a date or date-time says, read as UTC where it has no offset.
   *
   * @throws IllegalArgumentException if it says none
   */
  static Instant parseInstant(String text) {
    return instant(parse(text));
  }

  @Override
  void addNull() {
    throw new IllegalArgumentException("a timestamp is missing");
  }

  @Override
  void addValue(String field) {
    TemporalAccessor time = parse(field.strip());
    boolean offset = time instanceof OffsetDateTime;
    if (utc != null && utc != offset) {
      throw new IllegalArgumentException(
          "'%s' has %s offset, unlike the timestamps before it"
              .formatted(field, offset ? "an" : "no"));
    }
    utc = offset;
    Instant instant = instant(time);
    try {
      micros.add(TimestampUnit.MICROS.fromInstant(instant));
      if (!TimestampUnit.MICROS.isExact(instant)) {
        nanosNeeded = true;
      }
      nanos.add(instant.get(ChronoField.NANO_OF_SECOND) % 1_000);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + field + "' is out of range", e);
    }
  }

  @Override
  Column toColumn() {
    long[] ticks = micros.build().toArray();
    TimestampUnit unit = nanosNeeded ? TimestampUnit.NANOS : TimestampUnit.MICROS;
    if (nanosNeeded) {
      long[] rest = nanos.build().toArray();
      for (int row = 0; row < ticks.length; row++) {
        ticks[row] = nanos(ticks[row], rest[row]);
      }
    }
    return TimestampColumn.wrap(ticks, unit, utc != null && utc, validity());
  }

  private static long nanos(long micros, long rest) {
    try {
      return Math.addExact(Math.multiplyExact(micros, 1_000), rest);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'%s' is out of the range of nanoseconds, which other timestamps need"
              .formatted(TimestampUnit.MICROS.toInstant(micros)),
          e);
    }
  }

  private static TemporalAccessor parse(String text) {
    String iso =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + 'T' + text.substring(11)
            : text;
    try {
      return ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an ISO date or date-time, such as 2024-01-31T16:00:00Z", e);
    }
  }

  private static Instant instant(TemporalAccessor time) {
    if (time instanceof OffsetDateTime instant) {
      return instant.toInstant();
    }
    return time instanceof LocalDateTime local
        ? local.toInstant(ZoneOffset.UTC)
        : ((LocalDate) time).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
