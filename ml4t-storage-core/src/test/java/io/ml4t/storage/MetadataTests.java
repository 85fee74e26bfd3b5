package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTests {
  /** As the Python library's async backend writes it. */
  private static final String SIDECAR =
      """
      {
        "provider": "yahoo",
        "symbol": "MSFT",
        "asset_class": "equities",
        "bar_type": "time",
        "bar_params": {
          "frequency": "daily"
        },
        "exchange": "NASDAQ",
        "calendar": null,
        "start_date": "1950-01-03T00:00:00",
        "end_date": "2013-12-31",
        "last_updated": "2024-05-06 07:08:09.5",
        "schema_version": "1.0",
        "download_utc_timestamp": "2026-03-01T12:34:56.789012Z",
        "data_range": {
          "start": "1950-01-03",
          "end": "2013-12-31"
        },
        "provider_params": {
          "adjusted": false,
          "note": "split 7:1 — 株式"
        },
        "attributes": {
          "tags": [
            "large",
            null
          ],
          "none": [],
          "more": {}
        }
      }""";

  /** As its blocking backend writes it. */
  private static final String MANIFEST =
      """
      {"provider": "binance", "symbol": "ETHUSD", "asset_class": "crypto", "bar_type": "time",
       "bar_params": {"frequency": "5minute"}, "schema_version": "1.0",
       "download_utc_timestamp": "2026-03-01T12:34:56.789012+00:00",
       "data_range": {}, "provider_params": {}}
      """;

  /** As its oldest releases wrote it. */
  private static final String OLD_MANIFEST =
      """
      {"provider": "yahoo", "symbol": "^GSPC", "asset_class": "index", "schema_version": "0.9",
       "data_range": {}, "provider_params": {}, "frequency": "weekly"}
      """;

  @Test
  void every_field_is_read() {
    Metadata metadata = Metadata.parse(SIDECAR);

    assertThat(metadata.key()).isEqualTo(StorageKey.of("equities", "daily", "MSFT"));
    assertThat(metadata.provider()).isEqualTo("yahoo");
    assertThat(metadata.symbol()).isEqualTo("MSFT");
    assertThat(metadata.assetClass()).isEqualTo("equities");
    assertThat(metadata.frequency()).isEqualTo("daily");
    assertThat(metadata.barType()).isEqualTo("time");
    assertThat(metadata.barParams()).isEqualTo(Map.of("frequency", "daily"));
    assertThat(metadata.exchange()).contains("NASDAQ");
    assertThat(metadata.calendar()).isEmpty();
    assertThat(metadata.startDate()).contains(Instant.parse("1950-01-03T00:00:00Z"));
    assertThat(metadata.endDate()).contains(Instant.parse("2013-12-31T00:00:00Z"));
    assertThat(metadata.lastUpdated()).contains(Instant.parse("2024-05-06T07:08:09.500Z"));
    assertThat(metadata.schemaVersion()).isEqualTo("1.0");
    assertThat(metadata.downloadUtcTimestamp())
        .contains(Instant.parse("2026-03-01T12:34:56.789012Z"));
    assertThat(metadata.dataRange()).containsEntry("start", "1950-01-03").hasSize(2);
    assertThat(metadata.providerParams()).containsEntry("adjusted", false).hasSize(2);
    assertThat(metadata.attributes()).containsEntry("tags", Arrays.asList("large", null));
  }

  @Test
  void every_field_is_built_and_makes_a_round_trip() {
    Instant time = Instant.parse("1969-12-31T23:59:59.999999999Z");
    Metadata built =
        Metadata.builder("equities", "daily", "MSFT")
            .provider("yahoo")
            .exchange("NASDAQ")
            .calendar("NYSE")
            .startDate(time)
            .endDate(time.plusSeconds(1))
            .lastUpdated(time.plusSeconds(2))
            .schemaVersion("2.0")
            .downloadUtcTimestamp(time.plusSeconds(3))
            .dataRange(Map.of("start", "1969-12-31"))
            .providerParams(Map.of("retries", 3))
            .attributes(Map.of("weights", List.of(0.5, 1)))
            .build();

    Metadata read = Metadata.parse(built.toJson());

    assertThat(read).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(read.startDate()).contains(time);
    assertThat(read.endDate()).contains(time.plusSeconds(1));
    assertThat(read.lastUpdated()).contains(time.plusSeconds(2));
    assertThat(read.downloadUtcTimestamp()).contains(time.plusSeconds(3));
    assertThat(read.calendar()).contains("NYSE");
    assertThat(read.schemaVersion()).isEqualTo("2.0");
    assertThat(read.providerParams()).isEqualTo(Map.of("retries", 3L));
    assertThat(read.attributes()).isEqualTo(Map.of("weights", List.of(0.5, 1L)));
    assertThat(read.toBuilder().build()).isEqualTo(built);
  }

  @Test
  void a_sidecar_is_written_as_it_was_read() {
    assertThat(Metadata.parse(SIDECAR).toJson()).isEqualTo(SIDECAR);
  }

  @Test
  void a_manifest_keeps_its_spelling_of_the_download_time() {
    Metadata metadata = Metadata.parse(MANIFEST);

    assertThat(metadata.key()).hasToString("crypto/5minute/ETHUSD");
    assertThat(metadata.downloadUtcTimestamp())
        .contains(Instant.parse("2026-03-01T12:34:56.789012Z"));
    assertThat(metadata.toJson()).contains("\"2026-03-01T12:34:56.789012+00:00\"");
    assertThat(metadata.exchange()).isEmpty();
  }

  @Test
  void the_older_form_with_a_frequency_is_time_bars_of_it() {
    Metadata metadata = Metadata.parse(OLD_MANIFEST);

    assertThat(metadata.key()).hasToString("index/weekly/^GSPC");
    assertThat(metadata.barType()).isEqualTo("time");
    assertThat(metadata.barParams()).isEqualTo(Map.of("frequency", "weekly"));
    assertThat(metadata.fields()).doesNotContainKey("frequency");
    assertThat(metadata.schemaVersion()).isEqualTo("0.9");
    assertThat(Metadata.parse(metadata.toJson())).isEqualTo(metadata);
  }

  @Test
  void bars_of_another_type_have_the_threshold_in_their_frequency() {
    Metadata volume = Metadata.builder("crypto", "volume", Map.of("threshold", 1000), "B").build();
    Metadata runs =
        Metadata.builder("crypto", "tick_imbalance", Map.of("threshold", 2.5, "alpha", 1), "B")
            .build();

    assertThat(volume.key()).hasToString("crypto/volume_1000/B");
    assertThat(runs.frequency()).isEqualTo("tick_imbalance_2.5");
  }

  @Test
  void unknown_fields_survive_in_their_order() {
    String json =
        """
        {"zeta": {"b": 1, "a": [true, {"deep": null}]}, "symbol": "A", "asset_class": "e",
         "frequency": "daily", "alpha": 1.5, "emoji \\ud83d\\ude80": "株\\u0000\\"\\\\"}
        """;

    Metadata read = Metadata.parse(Metadata.parse(json).toJson());

    assertThat(read.fields().keySet())
        .startsWith("zeta", "symbol", "asset_class", "alpha", "emoji \uD83D\uDE80");
    assertThat(read.fields())
        .containsEntry("alpha", 1.5)
        .containsEntry("emoji \uD83D\uDE80", "株\0\"\\");
    assertThat(read.toJson()).containsIgnoringWhitespaces("{\"b\":1,\"a\":[true,{\"deep\":null}]}");
  }

  @Test
  void integers_of_any_size_are_exact() {
    BigInteger huge = BigInteger.TEN.pow(40).add(BigInteger.ONE);
    Metadata metadata =
        Metadata.builder("e", "daily", "A")
            .field("long", Long.MAX_VALUE)
            .field("huge", huge)
            .field("small", (byte) -1)
            .build();

    Metadata read = Metadata.parse(metadata.toJson());

    assertThat(read).isEqualTo(metadata);
    assertThat(read.fields())
        .containsEntry("long", Long.MAX_VALUE)
        .containsEntry("huge", huge)
        .containsEntry("small", -1L);
  }

  @Test
  void equality_knows_no_order_of_fields() {
    Map<String, Object> sorted = new TreeMap<>(Metadata.parse(MANIFEST).fields());

    assertThat(Metadata.of(sorted)).isEqualTo(Metadata.parse(MANIFEST));
    assertThat(Metadata.of(sorted)).isNotEqualTo(Metadata.parse(OLD_MANIFEST));
  }

  @Test
  void nothing_can_be_changed_from_outside() {
    Map<String, Object> params = new LinkedHashMap<>(Map.of("frequency", "daily"));
    MetadataBuilder builder = Metadata.builder("e", "time", params, "A");
    Metadata metadata = builder.build();
    params.put("frequency", "weekly");
    builder.provider("later");

    assertThat(metadata.frequency()).isEqualTo("daily");
    assertThat(metadata.provider()).isEqualTo("unknown");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> metadata.fields().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> metadata.barParams().clear());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T12:34:56Z",
        "2026-03-01T12:34:56",
        "2026-03-01 12:34:56",
        "2026-03-01 12:34:56+00:00",
        "2026-03-01T13:34:56+01:00",
        "2026-03-01T13:34:56+0100",
        "2026-03-01T11:34:56.000-01"
      })
  void date_times_are_read_in_the_forms_that_python_and_java_write(String text) {
    assertThat(withStart(text).startDate()).contains(Instant.parse("2026-03-01T12:34:56Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-02-30", "2026-03-0112:00:00", "2026-03-01T25:00"})
  void a_wrong_date_time_is_named_with_its_field(String text) {
    Metadata metadata = withStart(text);

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(metadata::startDate)
        .withMessage(
            "Cannot read metadata: field 'start_date' is '%s', expected an ISO 8601 date or"
                + " date-time",
            text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | field 'asset_class' is missing",
        "{\"asset_class\": 5} | field 'asset_class' is 5, expected text",
        "{\"asset_class\": \"e\"} | field 'bar_type' is missing",
        "{\"asset_class\": \"e\", \"bar_type\": \"time\"} | bar_params of time bars need 'frequency'",
        "{\"asset_class\": \"e\", \"bar_type\": \"tick\", \"bar_params\": {}} | bar_params of tick bars need 'threshold'",
        "{\"asset_class\": \"e\", \"bar_type\": \"time\", \"bar_params\": 1} | field 'bar_params' is 1, expected an object",
        "{\"asset_class\": \"e\", \"bar_type\": [], \"bar_params\": {}} | field 'bar_type' is [], expected text",
        "{\"asset_class\": \"e\", \"frequency\": \"daily\"} | field 'symbol' is missing",
        "{\"x\": 1e999} | field 'x' holds Infinity",
        "null | it is null, expected a JSON object",
        "[] | not a JSON object",
        "\"text\" | not a JSON object",
        "{\"asset_class\": | not a JSON object",
        "{} {} | not a JSON object",
      })
  void json_that_is_wrong_is_an_error_that_names_the_field(String json, String reason) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Metadata.parse(json))
        .withMessageContaining(reason);
  }

  @Test
  void json_that_is_nested_too_deeply_is_an_error() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Metadata.parse("{\"a\":".repeat(100_000)))
        .withMessageStartingWith("Cannot read metadata");
  }

  @Test
  void an_optional_field_of_the_wrong_type_is_named_when_it_is_asked_for() {
    Metadata metadata =
        Metadata.builder("e", "daily", "A").field("exchange", 7).field("attributes", "x").build();

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(metadata::exchange)
        .withMessageContaining("field 'exchange' is 7, expected text");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(metadata::attributes)
        .withMessageContaining("field 'attributes' is x, expected an object");
  }

  @Test
  void values_without_a_json_form_are_refused_with_their_field() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> Metadata.builder("e", "daily", "A").field("nan", Double.NaN).build())
        .withMessageContaining("field 'nan' holds NaN");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(
            () -> Metadata.builder("e", "daily", "A").attributes(Map.of("o", Thread.class)).build())
        .withMessageContaining("field 'attributes' holds class java.lang.Thread");
  }

  @Test
  void fields_that_name_no_valid_key_are_refused() {
    assertThatExceptionOfType(PathTraversalException.class)
        .isThrownBy(() -> Metadata.builder("equities", "daily", "../x").build());
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> Metadata.parse(OLD_MANIFEST.replace("index", "")));
  }

  private static Metadata withStart(String text) {
    return Metadata.builder("e", "daily", "A").field("start_date", text).build();
  }
}
