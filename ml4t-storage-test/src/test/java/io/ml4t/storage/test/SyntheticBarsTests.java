package io.ml4t.storage.test;

import static io.ml4t.storage.test.StorageAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.frame.DataFrame;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SyntheticBarsTests {

  @Test
  void the_same_settings_give_the_same_bars() {
    DataObject bars = SyntheticBars.daily("AAPL").toDataObject();
    assertThat(bars.data()).hasSameDataAs(SyntheticBars.daily("AAPL").toFrame());
    assertThat(bars.data()).isNotEqualTo(SyntheticBars.daily("MSFT").toFrame());
    assertThat(bars.data()).isNotEqualTo(SyntheticBars.daily("AAPL").seed(1).toFrame());
    assertThat(bars.metadata().provider()).isEqualTo("synthetic");
  }

  @Test
  void every_setting_shows() {
    Instant start = Instant.parse("2024-03-01T09:30:00Z");
    DataObject bars =
        SyntheticBars.of(StorageKey.of("crypto", "1m", "BTC/USD"))
            .rows(3)
            .from(start)
            .every(Duration.ofMinutes(1))
            .startingAt(50_000)
            .volatility(0)
            .toDataObject();
    assertThat(bars)
        .hasRows(3)
        .hasColumns("timestamp", "open", "high", "low", "close", "volume")
        .hasAscendingTimestamps()
        .hasValues("timestamp", start, start.plusSeconds(60), start.plusSeconds(120))
        .hasValues("close", 50_000.0, 50_000.0, 50_000.0);
    assertThat(bars.key()).hasToString("crypto/1m/BTC%2FUSD");
  }

  @Test
  void highs_and_lows_enclose_opens_and_closes() {
    DataFrame bars = SyntheticBars.daily("WILD").rows(1_000).volatility(0.1).toFrame();
    for (int row = 0; row < bars.rowCount(); row++) {
      double open = (double) bars.column("open").value(row);
      double close = (double) bars.column("close").value(row);
      assertThat((double) bars.column("high").value(row))
          .isGreaterThanOrEqualTo(Math.max(open, close));
      assertThat((double) bars.column("low").value(row)).isBetween(0.0, Math.min(open, close));
    }
  }
}
