package io.ml4t.storage.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where a test takes its store other than as a parameter of its method. */
@ExtendWith(StorageExtension.class)
class ConstructorStoreTests {
  private final Storage storage;
  private final FileSystemStorage async;

  ConstructorStoreTests(Storage storage, FileSystemStorage async) {
    this.storage = storage;
    this.async = async;
  }

  @RepeatedTest(2)
  void each_test_has_an_empty_store_of_its_own() {
    assertThat(storage.listKeys()).isEmpty();
    storage.write(SyntheticBars.daily("AAPL").toDataObject());
  }

  @Test
  void a_method_is_given_the_store_of_the_constructor(AsyncStorage parameter) {
    assertThat(parameter).isSameAs(async);
  }

  @Nested
  class OfAWholeClass {
    private static FileSystemStorage shared;

    @BeforeAll
    static void write(FileSystemStorage store) {
      store.write(SyntheticBars.daily("AAPL").toDataObject()).join();
      shared = store;
    }

    @Test
    void what_is_made_before_all_tests_is_there_in_each(AsyncStorage parameter) {
      assertThat(parameter).isSameAs(shared);
    }
  }
}
