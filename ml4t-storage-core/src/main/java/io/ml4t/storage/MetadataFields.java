package io.ml4t.storage;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and normalizes the JSON members of a {@link Metadata}. */
final class MetadataFields {
  /** A date, or one with a time, or with a time and an offset. */
  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private MetadataFields() {}

  /**
   * A copy that only holds values with a JSON form, and has {@code bar_type} and its parameters.
   */
  static Map<String, @Nullable Object> normalize(Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    fields.forEach((name, value) -> members.put(name, json(name, value)));
    Object frequency = members.get("frequency");
    if (members.get("bar_type") == null && frequency instanceof String) {
      members.remove("frequency");
      members.put("bar_type", "time");
      members.put("bar_params", json("bar_params", Map.of("frequency", frequency)));
    }
    members.putIfAbsent("provider", "unknown");
    members.putIfAbsent("schema_version", "1.0");
    return Collections.unmodifiableMap(members);
  }

  private static @Nullable Object json(String name, @Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Long || value instanceof BigInteger) {
      return value;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    if (value instanceof Instant instant) {
      return instant.toString();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(json(name, item)));
      return Collections.unmodifiableList(items);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((key, item) -> members.put(String.valueOf(key), json(name, item)));
      return Collections.unmodifiableMap(members);
    }
    throw new InvalidDataException(
        "Cannot build metadata: field '%s' holds %s, a %s, which has no JSON form"
            .formatted(name, value, value.getClass().getName()));
  }

  /** The frequency of a time bar, else {@code <bar_type>_<threshold>}. */
  static String frequency(Map<String, @Nullable Object> fields) {
    String barType = text(fields, "bar_type");
    String param = barType.equals("time") ? "frequency" : "threshold";
    Object value = map(fields, "bar_params").get(param);
    if (value == null) {
      throw new InvalidDataException(
          "Cannot build metadata: bar_params of %s bars need '%s'".formatted(barType, param));
    }
    return barType.equals("time") ? value.toString() : barType + "_" + value;
  }

  static String text(Map<String, @Nullable Object> fields, String name) {
    return optionalText(fields, name)
        .orElseThrow(
            () ->
                new InvalidDataException("Cannot build metadata: field '" + name + "' is missing"));
  }

  static Optional<String> optionalText(Map<String, @Nullable Object> fields, String name) {
    Object value = fields.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw new InvalidDataException(
        "Cannot build metadata: field '" + name + "' is " + value + ", expected text");
  }

  static Optional<Instant> instant(Map<String, @Nullable Object> fields, String name) {
    return optionalText(fields, name).map(text -> instant(name, text));
  }

  private static Instant instant(String name, String text) {
    // Python's str() of a date-time has a space where isoformat() has a T.
    String iso = text.replaceFirst("^(\\S{10}) ", "$1T");
    try {
      TemporalAccessor time =
          DATE_TIME.parseBest(iso, Instant::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(time);
    } catch (DateTimeException e) {
      throw new InvalidDataException(
          "Cannot read metadata: field '%s' is '%s', expected an ISO 8601 date or date-time"
              .formatted(name, text),
          e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> map(Map<String, @Nullable Object> fields, String name) {
    Object value = fields.get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map) {
      return (Map<String, @Nullable Object>) value;
    }
    throw new InvalidDataException(
        "Cannot build metadata: field '" + name + "' is " + value + ", expected an object");
  }
}
