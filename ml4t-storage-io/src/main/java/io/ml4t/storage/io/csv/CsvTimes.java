package io.ml4t.storage.io.csv;

import io.ml4t.storage.io.column.TimestampBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV writes points in time: ISO 8601 dates and date-times, with a {@code T} or a space
 * before the time, unless other forms are given. With an offset they are instants; without one they
 * are local, or instants of a time zone where one is given. Immutable.
 */
final class CsvTimes {
  /** A point in time; a local one as if it were UTC. */
  record Time(Instant instant, boolean isUtc) {}

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

  private static final int DATE = "2024-01-31".length();

  private final List<String> patterns;
  private final List<DateTimeFormatter> formatters;
  private final @Nullable ChronoUnit epochUnit;
  private final @Nullable ZoneId zone;

  CsvTimes(List<String> patterns, @Nullable ChronoUnit epochUnit, @Nullable ZoneId zone) {
    this.patterns = patterns;
    this.formatters = patterns.stream().map(CsvTimes::formatter).toList();
    this.epochUnit = epochUnit;
    this.zone = zone;
  }

  /** The formatter of a pattern. */
  static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Whether no time can be local. */
  boolean isAlwaysUtc() {
    return zone != null || epochUnit != null;
  }

  /**
   * The point in time that a text says.
   *
   * @throws IllegalArgumentException if it says none
   */
  Time parse(String text) {
    if (epochUnit != null) {
      return new Time(epoch(text, epochUnit), true);
    }
    if (formatters.isEmpty()) {
      boolean isUtc = text.length() > DATE && text.endsWith("Z");
      LocalDateTime plain = IsoText.parse(text, text.length() - (isUtc ? 1 : 0));
      if (plain != null) {
        return isUtc ? new Time(plain.toInstant(ZoneOffset.UTC), true) : inZone(plain);
      }
    }
    TemporalAccessor time = formatters.isEmpty() ? iso(text) : patterned(text);
    if (time instanceof OffsetDateTime instant) {
      return new Time(instant.toInstant(), true);
    }
    LocalDateTime local =
        time instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) time;
    return inZone(local);
  }

  private Time inZone(LocalDateTime local) {
    return new Time(TimestampBuilder.instant(local, zone), zone != null);
  }

  private static TemporalAccessor iso(String text) {
    String iso =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + 'T' + text.substring(11)
            : text;
    try {
      return parse(ISO, iso);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is not an ISO date or date-time, such as 2024-01-31T16:00:00Z; correct it, or give the pattern of the times"
              .formatted(CsvParser.shown(text)),
          e);
    }
  }

  private TemporalAccessor patterned(String text) {
    List<DateTimeException> causes = new ArrayList<>();
    for (DateTimeFormatter formatter : formatters) {
      try {
        return parse(formatter, text);
      } catch (DateTimeException e) {
        causes.add(e);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not of the form %s"
            .formatted(CsvParser.shown(text), String.join(" or ", patterns)),
        causes.get(0));
  }

  private static TemporalAccessor parse(DateTimeFormatter formatter, String text) {
    return formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  private static Instant epoch(String text, ChronoUnit unit) {
    try {
      return Instant.EPOCH.plus(Long.parseLong(text), unit);
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is not a whole number of %s since 1970"
              .formatted(CsvParser.shown(text), unit.toString().toLowerCase(Locale.ROOT)),
          e);
    }
  }
}
