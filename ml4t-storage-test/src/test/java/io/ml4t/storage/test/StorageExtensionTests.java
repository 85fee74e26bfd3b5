package io.ml4t.storage.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StorageExtensionTests {
  private static final List<FileSystemStorage> seen = new ArrayList<>();

  @RegisterExtension
  private final StorageExtension stores = new StorageExtension(builder -> builder.keepVersions(1));

  @RepeatedTest(2)
  void each_test_has_an_empty_store_of_its_own(FileSystemStorage storage) {
    assertThat(storage.listKeys().join()).isEmpty();
    storage.write(SyntheticBars.daily("AAPL").toDataObject()).join();
    seen.add(storage);
  }

  @Test
  void all_parameters_are_the_same_store(AsyncStorage async, Storage blocking) {
    async.write(SyntheticBars.daily("AAPL").toDataObject()).join();
    assertThat(blocking.exists("equities/daily/AAPL")).isTrue();
  }

  @AfterAll
  static void stores_are_closed_and_deleted() {
    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    for (FileSystemStorage storage : seen) {
      Path root = storage.status().root();
      assertThat(root).doesNotExist();
      assertThat(storage.listKeys()).isCompletedExceptionally();
    }
  }
}
