package io.ml4t.storage.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;

@Ml4tStorageTest(
    properties = {
      "ml4t.storage.stores.default.data-root=/nowhere",
      "ml4t.storage.stores.default.durability=fsync",
      "ml4t.storage.stores.archive.create-root=false",
      "ml4t.storage.stores.[cold.store].plain-view.mode=off"
    })
class NamedStoresTests {
  @Autowired Map<String, FileSystemStorage> stores;
  @Autowired AsyncStorage primary;

  @Autowired
  @Qualifier("archiveBlocking") Storage archive;

  @Test
  void each_is_in_a_temporary_folder_of_its_own() {
    assertThat(stores).containsOnlyKeys("default", "archive", "cold.store");
    assertThat(stores.values())
        .extracting(store -> store.status().root())
        .doesNotHaveDuplicates()
        .extracting(Path::getParent)
        .allMatch(folder -> folder.getFileName().toString().startsWith("ml4t-storage-test-"));
  }

  @RepeatedTest(2)
  void each_is_empty_when_a_test_starts() {
    assertThat(stores.values()).allSatisfy(store -> assertThat(store.listKeys().join()).isEmpty());
    stores
        .values()
        .forEach(store -> store.write(SyntheticBars.daily("AAPL").rows(3).toDataObject()).join());
  }

  @Test
  void each_is_injected_as_in_the_application() {
    StorageKey key = archive.write(SyntheticBars.daily("AAPL").rows(3).toDataObject());
    assertThat(stores.get("archive").exists(key).join()).isTrue();
    assertThat(primary).isSameAs(stores.get("default"));
    assertThat(primary.exists(key).join()).isFalse();
  }

  @Test
  void none_syncs_to_disk_unless_its_property_says_so(
      @Value("${ml4t.storage.stores.default.durability}") String primary,
      @Value("${ml4t.storage.stores.archive.durability}") String archive) {
    assertThat(primary).isEqualTo("fsync");
    assertThat(archive).isEqualTo("relaxed");
  }

  @SpringBootConfiguration
  static class Application {}
}
