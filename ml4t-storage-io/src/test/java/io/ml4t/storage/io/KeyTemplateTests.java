package io.ml4t.storage.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.StorageKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTemplateTests {

  @ParameterizedTest
  @CsvSource({
    "{asset_class}/{frequency}/{symbol}.parquet, crypto/4h/BTC%2FUSD.parquet, crypto, 4h, BTC/USD",
    "{symbol}_{frequency}_{asset_class}.csv, BRK_B_daily_equities.CSV, equities, daily, BRK_B",
    "asset={asset_class}/{frequency}/s={symbol}/*.parquet, asset=fx/1m/s=EURUSD/0.parquet, fx, 1m, EURUSD",
    "{asset_class}/{frequency}/{symbol}.csv, equities/daily/S&P 500.csv, equities, daily, S&P 500",
    "{asset_class}/{frequency}/{symbol}.csv, equities/daily/100%.csv, equities, daily, 100%",
  })
  void readsKeysFromNames(
      String template, String path, String assetClass, String frequency, String symbol) {
    assertThat(KeyTemplate.of(template).keyOf(path))
        .isEqualTo(StorageKey.of(assetClass, frequency, symbol));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b/c/d.csv", "b/c.csv", "a/b/c.csv.gz", "a/b/.csv", "a/b/cXcsv"})
  void passesOverOtherNames(String path) {
    assertThat(KeyTemplate.of("{asset_class}/{frequency}/{symbol}.csv").keyOf(path)).isNull();
  }

  @Test
  void takesFromTheTemplateWhatNamesDoNotSay() {
    KeyTemplate template =
        KeyTemplate.of("{symbol}.csv").withAssetClass("equities").withFrequency("daily");
    assertThat(template.keyOf("AAPL.csv")).isEqualTo(StorageKey.of("equities", "daily", "AAPL"));
    assertThat(template.pathOf(StorageKey.of("equities", "daily", "A/B"))).isEqualTo("A%2FB.csv");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> template.pathOf(StorageKey.of("equities", "hourly", "A")))
        .withMessageContaining("has no {frequency}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BTC/USD", "^GSPC", "CON", "..x", "a{symbol}", "über", "100%", "x.manifest"})
  void readsBackTheNamesThatItMakes(String symbol) {
    KeyTemplate template = KeyTemplate.of("{asset_class}/{frequency}/{symbol}.parquet");
    StorageKey key = StorageKey.of("a b", "daily", symbol);
    assertThat(template.keyOf(template.pathOf(key))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ticker}.csv", "{symbol}{symbol}.csv", "{}.csv"})
  void refusesNamesThatAreNoPartsOfAKey(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyTemplate.of(template))
        .withMessageContaining("use {asset_class}, {frequency} and {symbol}");
  }

  @Test
  void asksForThePartThatNothingSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyTemplate.of("{symbol}.csv").withFrequency("daily").keyOf("A.csv"))
        .withMessageContaining("it says no asset_class; set it, or add {asset_class}");
  }
}
