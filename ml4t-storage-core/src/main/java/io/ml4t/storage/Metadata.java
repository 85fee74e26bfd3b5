package io.ml4t.storage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a frame beside its rows: its key, its source, its bars. Immutable.
 *
 * <p>The fields are those of ml4t-data's metadata and are stored as its JSON. A field that this
 * class does not know survives a round trip, as does the spelling of every date: the JSON members
 * are the state, and the accessors read them.
 *
 * <p>The key's frequency is derived: for time bars the {@code frequency} of {@code bar_params}, for
 * others {@code <bar_type>_<threshold>}, such as {@code volume_1000}.
 */
public final class Metadata {
  private final Map<String, @Nullable Object> fields;
  private final StorageKey key;

  Metadata(Map<String, ? extends @Nullable Object> fields) {
    this.fields = MetadataFields.normalize(fields);
    this.key =
        new StorageKey(
            MetadataFields.text(this.fields, "asset_class"),
            MetadataFields.frequency(this.fields),
            MetadataFields.text(this.fields, "symbol"));
  }

  /** A builder for time bars, with schema version 1.0 and the provider {@code unknown}. */
  public static MetadataBuilder builder(String assetClass, String frequency, String symbol) {
    return new MetadataBuilder(assetClass, "time", Map.of("frequency", frequency), symbol);
  }

  /**
   * A builder for bars of another type, such as {@code volume} with {@code threshold: 1000}.
   *
   * @param barParams must hold {@code frequency} for time bars, {@code threshold} for others
   */
  public static MetadataBuilder builder(
      String assetClass, String barType, Map<String, ?> barParams, String symbol) {
    return new MetadataBuilder(assetClass, barType, barParams, symbol);
  }

  /**
   * The metadata with those JSON members. The older form that has {@code frequency} instead of
   * {@code bar_type} and {@code bar_params} is understood.
   *
   * @param fields member names to null, Boolean, Number, String, List and Map
   * @throws InvalidDataException if a member needed for the key is missing or of the wrong type
   * @throws InvalidKeyException if the members name no valid key
   */
  public static Metadata of(Map<String, ? extends @Nullable Object> fields) {
    return new Metadata(fields);
  }

  /**
   * The metadata in a JSON text, as {@link #toJson()} and ml4t-data write it.
   *
   * @throws InvalidDataException if it is not a JSON object or a member is missing or wrong
   */
  public static Metadata parse(String json) {
    return new Metadata(Json.parseObject(json));
  }

  /** The key that the frame is stored under. */
  public StorageKey key() {
    return key;
  }

  /** Where the data comes from, such as {@code yahoo}. */
  public String provider() {
    return MetadataFields.text(fields, "provider");
  }

  /** The symbol, unescaped. */
  public String symbol() {
    return key.symbol();
  }

  /** The asset class. */
  public String assetClass() {
    return key.assetClass();
  }

  /** The key's frequency. */
  public String frequency() {
    return key.frequency();
  }

  /** {@code time}, {@code volume}, {@code tick} or another kind of bar. */
  public String barType() {
    return MetadataFields.text(fields, "bar_type");
  }

  /** What shapes the bars: {@code frequency} or {@code threshold}, and more. */
  public Map<String, @Nullable Object> barParams() {
    return MetadataFields.map(fields, "bar_params");
  }

  /** The exchange. */
  public Optional<String> exchange() {
    return MetadataFields.optionalText(fields, "exchange");
  }

  /** The trading calendar. */
  public Optional<String> calendar() {
    return MetadataFields.optionalText(fields, "calendar");
  }

  /** The start of the data; a date without a time zone is read as UTC. */
  public Optional<Instant> startDate() {
    return MetadataFields.instant(fields, "start_date");
  }

  /** The end of the data; a date without a time zone is read as UTC. */
  public Optional<Instant> endDate() {
    return MetadataFields.instant(fields, "end_date");
  }

  /** When the data was last brought up to date. */
  public Optional<Instant> lastUpdated() {
    return MetadataFields.instant(fields, "last_updated");
  }

  /** The version of the metadata's schema. */
  public String schemaVersion() {
    return MetadataFields.text(fields, "schema_version");
  }

  /** When the data was downloaded. */
  public Optional<Instant> downloadUtcTimestamp() {
    return MetadataFields.instant(fields, "download_utc_timestamp");
  }

  /** The range of the data as its source gave it, mostly {@code start} and {@code end}. */
  public Map<String, @Nullable Object> dataRange() {
    return MetadataFields.map(fields, "data_range");
  }

  /** What the provider was asked with. */
  public Map<String, @Nullable Object> providerParams() {
    return MetadataFields.map(fields, "provider_params");
  }

  /** Free attributes. */
  public Map<String, @Nullable Object> attributes() {
    return MetadataFields.map(fields, "attributes");
  }

  /** All JSON members, known or not, in order; not modifiable. */
  public Map<String, @Nullable Object> fields() {
    return fields;
  }

  /** The JSON form, indented by two spaces. */
  public String toJson() {
    return Json.print(fields);
  }

  /**
   * This metadata under another key: as where a file was moved, and its path says whose it is.
   *
   * @return this, where it has that key already
   */
  public Metadata withKey(StorageKey other) {
    if (key.equals(other)) {
      return this;
    }
    MetadataBuilder builder =
        toBuilder().field("asset_class", other.assetClass()).field("symbol", other.symbol());
    if (!key.frequency().equals(other.frequency())) {
      Map<String, @Nullable Object> params = new LinkedHashMap<>(barParams());
      params.put("frequency", other.frequency());
      builder.field("bar_type", "time").field("bar_params", params);
    }
    return builder.build();
  }

  /** A builder that starts with all members of this. */
  public MetadataBuilder toBuilder() {
    return new MetadataBuilder(new LinkedHashMap<>(fields));
  }

  /** Whether the other has equal members, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metadata that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(fields);
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
