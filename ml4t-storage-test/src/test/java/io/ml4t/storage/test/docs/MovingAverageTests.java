package io.ml4t.storage.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.test.StorageExtension;
import io.ml4t.storage.test.SyntheticBars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StorageExtension.class)
class MovingAverageTests {
  @Test
  void theAverageIsOfTheLastCloses(AsyncStorage storage) {
    storage.write(SyntheticBars.daily("AAPL").rows(3).volatility(0).toDataObject()).join();
    assertThat(new MovingAverage(storage).of("AAPL", 3)).isEqualTo(100);
  }
}
