package io.ml4t.storage.regime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Keys as users, other programs and folders name them. */
public final class KeyFuzzing implements FuzzTarget<StorageKey> {
  @Override
  public List<byte[]> seeds() {
    return Stream.of("equities/daily/AAPL", "crypto/1m/BTC%2FUSD", "a/b/%43ON", "a/b/%C3%A9.x")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public StorageKey read(byte[] bytes) {
    return StorageKey.parse(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void check(StorageKey read) {
    String text = read.toString();
    assertThat(StorageKey.parse(text)).isEqualTo(read);
    assertThat(StorageKey.of(read.assetClass(), read.frequency(), read.symbol())).isEqualTo(read);
    assertThat(text).matches("[a-zA-Z0-9._=^+@%-]+/[a-zA-Z0-9._=^+@%-]+/[a-zA-Z0-9._=^+@%-]+");
    assertThat(text.split("/")).allSatisfy(part -> assertThat(part).doesNotStartWith("."));
  }
}
