package io.ml4t.storage.regime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The JSON beside a plain file, which Python writes too. */
public final class SidecarFuzzing implements FuzzTarget<Metadata> {
  @Override
  public List<byte[]> seeds() {
    return List.of(
            Metadata.builder("equities", "daily", "AAPL").provider("yahoo").build().toJson(),
            Metadata.builder("crypto", "volume", Map.of("threshold", 1000), "BTC/USD")
                .build()
                .toJson(),
            """
        {"provider": "x", "symbol": "ES=F", "asset_class": "futures", "frequency": "1m",
         "start_date": "2024-01-02 03:04:05+00:00", "attributes": {"n": [1, 2.5e300, null, true]},
         "data_range": {"start": "2024-01-02"}}
        """)
        .stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public Metadata read(byte[] bytes) {
    Metadata metadata = Metadata.parse(new String(bytes, StandardCharsets.UTF_8));
    // What is not needed for the key is looked at only when it is asked for.
    metadata.startDate();
    metadata.lastUpdated();
    metadata.exchange();
    metadata.dataRange();
    metadata.attributes();
    return metadata;
  }

  @Override
  public void check(Metadata read) {
    assertThat(Metadata.parse(read.toJson())).isEqualTo(read);
  }
}
