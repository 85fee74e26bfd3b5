package io.ml4t.storage.test.docs;

import static io.ml4t.storage.test.StorageAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.test.SyntheticBars;
import io.ml4t.storage.test.autoconfigure.Ml4tStorageTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

@Ml4tStorageTest
@Import(MovingAverage.class)
class MovingAverageSliceTests {
  @Autowired AsyncStorage storage;
  @Autowired MovingAverage average;

  @Test
  void theAverageIsOfTheLastCloses() {
    storage.write(SyntheticBars.daily("AAPL").rows(3).volatility(0).toDataObject()).join();
    assertThat(average.of("AAPL", 3)).isEqualTo(100);
  }

  @Test
  void whatIsStoredCanBeAsserted() {
    storage.write(SyntheticBars.daily("AAPL").rows(3).volatility(0).toDataObject()).join();
    assertThat(storage.read("equities/daily/AAPL").join())
        .hasRows(3)
        .hasColumns("timestamp", "open", "high", "low", "close", "volume")
        .hasAscendingTimestamps()
        .hasValues("close", 100.0, 100.0, 100.0);
  }

  @SpringBootConfiguration
  static class Application {}
}
