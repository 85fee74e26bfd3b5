package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists what there is. */
@RestController
class KeyController {
  private final AsyncStorage storage;

  KeyController(AsyncStorage storage) {
    this.storage = storage;
  }

  /**
   * Lists keys in their text form, in order.
   *
   * @param prefix leading parts of a key, such as {@code equities/daily}
   */
  @GetMapping("/api/keys")
  CompletableFuture<List<String>> keys(@RequestParam(defaultValue = "") String prefix) {
    return storage
        .listKeys(prefix)
        .thenApply(keys -> keys.stream().map(StorageKey::toString).toList());
  }
}
