package io.ml4t.storage.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.autoconfigure.Ml4tStorageTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;

/** The slice for users' tests on Spring Boot 4.0. */
@Ml4tStorageTest(
    properties = {
      "ml4t.storage.stores.default.data-root=/nowhere",
      "ml4t.storage.stores.archive.data-root=/nowhere/else"
    })
class TestSliceTests {
  @Autowired Map<String, FileSystemStorage> stores;

  @Test
  void each_store_is_in_a_temporary_folder() {
    assertThat(stores).containsOnlyKeys("default", "archive");
    assertThat(stores.values())
        .extracting(store -> store.status().root().getParent().getFileName().toString())
        .allMatch(name -> name.startsWith("ml4t-storage-test-"));
  }

  @SpringBootConfiguration
  static class Application {}
}
