package io.ml4t.samples.marketdata;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code market-data.*}.
 *
 * @param importDir folder whose CSV files are imported at start; null for none
 * @param assetClass asset class of what is imported
 * @param frequency frequency of what is imported
 * @param demo whether synthetic data is written to an empty store when nothing is imported
 */
@ConfigurationProperties("market-data")
public record MarketDataProperties(
    @Nullable String importDir,
    @DefaultValue("equities") String assetClass,
    @DefaultValue("daily") String frequency,
    @DefaultValue("true") boolean demo) {}
