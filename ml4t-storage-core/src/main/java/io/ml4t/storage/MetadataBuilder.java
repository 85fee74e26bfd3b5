package io.ml4t.storage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the members of a {@link Metadata}. Not thread-safe. */
public final class MetadataBuilder {
  private final Map<String, @Nullable Object> fields;

  MetadataBuilder(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  MetadataBuilder(String assetClass, String barType, Map<String, ?> barParams, String symbol) {
    this(new LinkedHashMap<>());
    field("provider", "unknown");
    field("symbol", symbol);
    field("asset_class", assetClass);
    field("bar_type", barType);
    field("bar_params", barParams);
    field("schema_version", "1.0");
  }

  /** Sets where the data comes from. */
  public MetadataBuilder provider(String provider) {
    return field("provider", provider);
  }

  /** Sets the exchange. */
  public MetadataBuilder exchange(@Nullable String exchange) {
    return field("exchange", exchange);
  }

  /** Sets the trading calendar. */
  public MetadataBuilder calendar(@Nullable String calendar) {
    return field("calendar", calendar);
  }

  /** Sets the start of the data. */
  public MetadataBuilder startDate(@Nullable Instant start) {
    return field("start_date", start);
  }

  /** Sets the end of the data. */
  public MetadataBuilder endDate(@Nullable Instant end) {
    return field("end_date", end);
  }

  /** Sets when the data was last brought up to date. */
  public MetadataBuilder lastUpdated(@Nullable Instant time) {
    return field("last_updated", time);
  }

  /** Sets the version of the metadata's schema. */
  public MetadataBuilder schemaVersion(String version) {
    return field("schema_version", version);
  }

  /** Sets when the data was downloaded. */
  public MetadataBuilder downloadUtcTimestamp(@Nullable Instant time) {
    return field("download_utc_timestamp", time);
  }

  /** Sets the range of the data as its source gave it. */
  public MetadataBuilder dataRange(@Nullable Map<String, ? extends @Nullable Object> range) {
    return field("data_range", range);
  }

  /** Sets what the provider was asked with. */
  public MetadataBuilder providerParams(Map<String, ? extends @Nullable Object> params) {
    return field("provider_params", params);
  }

  /** Sets the free attributes. */
  public MetadataBuilder attributes(Map<String, ? extends @Nullable Object> attributes) {
    return field("attributes", attributes);
  }

  /**
   * Sets any member.
   *
   * @param value null, Boolean, Number, String, Instant, or a List or Map of such
   */
  public MetadataBuilder field(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /**
   * The metadata.
   *
   * @throws InvalidDataException if a member has no JSON form
   * @throws InvalidKeyException if the members name no valid key
   */
  public Metadata build() {
    return new Metadata(fields);
  }
}
