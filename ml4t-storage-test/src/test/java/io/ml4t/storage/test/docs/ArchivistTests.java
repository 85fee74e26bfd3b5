package io.ml4t.storage.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.test.SyntheticBars;
import io.ml4t.storage.test.autoconfigure.Ml4tStorageTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

@Ml4tStorageTest(
    properties = {
      "ml4t.storage.stores.default.data-root=/srv/market-data",
      "ml4t.storage.stores.archive.data-root=/mnt/archive"
    })
@Import(Archivist.class)
class ArchivistTests {
  @Autowired Storage prices;

  @Autowired
  @Qualifier("archiveBlocking") Storage archive;

  @Autowired Archivist archivist;

  @Test
  void whatIsRetiredIsInTheArchiveOnly() {
    prices.write(SyntheticBars.daily("AAPL").toDataObject());
    archivist.retire("equities/daily/AAPL");
    assertThat(archive.exists("equities/daily/AAPL")).isTrue();
    assertThat(prices.exists("equities/daily/AAPL")).isFalse();
  }

  @SpringBootConfiguration
  static class Application {}
}
