package io.ml4t.storage.autoconfigure.docs;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** The service of the README. */
@Service
class Prices {
  private final AsyncStorage storage;

  Prices(AsyncStorage storage) {
    this.storage = storage;
  }

  CompletableFuture<double[]> closes(String symbol) {
    return storage
        .read(StorageKey.of("equities", "daily", symbol))
        .thenApply(stored -> stored.data().doubles("close").toArray());
  }
}
