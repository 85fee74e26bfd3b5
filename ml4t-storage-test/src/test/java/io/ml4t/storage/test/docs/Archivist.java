package io.ml4t.storage.test.docs;

import io.ml4t.storage.AsyncStorage;
import org.springframework.beans.factory.annotation.Qualifier;

/** The code under test in the example with two stores. */
class Archivist {
  private final AsyncStorage prices;
  private final AsyncStorage archive;

  Archivist(AsyncStorage prices, @Qualifier("archive") AsyncStorage archive) {
    this.prices = prices;
    this.archive = archive;
  }

  void retire(String key) {
    prices.read(key).thenCompose(archive::write).thenCompose(prices::delete).join();
  }
}
