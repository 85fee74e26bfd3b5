package io.ml4t.storage.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

@Ml4tStorageTest(properties = "ml4t.storage.versions.keep=7")
@Import(Ml4tStorageTestTests.Prices.class)
class Ml4tStorageTestTests {
  @Autowired AsyncStorage storage;
  @Autowired Prices prices;
  @Autowired ApplicationContext context;

  @RepeatedTest(2)
  void each_test_starts_with_an_empty_store_in_a_temporary_folder() {
    assertThat(storage.listKeys().join()).isEmpty();
    storage.write(SyntheticBars.daily("AAPL").rows(3).toDataObject()).join();
    assertThat(prices.rows("AAPL")).isEqualTo(3);
    Path root = ((FileSystemStorage) storage).status().root();
    assertThat(root.getFileName().toString()).startsWith("ml4t-storage-test-");
  }

  @RepeatedTest(2)
  void each_test_starts_without_tags() {
    FileSystemStorage store = (FileSystemStorage) storage;
    assertThat(store.tags().join()).isEmpty();
    store.tag("eod").join();
    assertThat(store.tags().join()).containsOnlyKeys("eod");
  }

  /** The look-up is the one that JUnit finds the locks of a class by. */
  @Test
  void classes_that_may_share_a_store_do_not_run_at_the_same_time() {
    assertThat(AnnotationSupport.findRepeatableAnnotations(getClass(), ResourceLock.class))
        .singleElement()
        .extracting(ResourceLock::mode)
        .isEqualTo(ResourceAccessMode.READ_WRITE);
  }

  @Test
  void properties_of_the_annotation_apply(
      @Value("${ml4t.storage.versions.keep}") int versions,
      @Value("${ml4t.storage.durability}") String durability) {
    assertThat(versions).isEqualTo(7);
    assertThat(durability).isEqualTo("relaxed");
  }

  @Test
  void nothing_but_the_store_and_what_is_imported_is_there() {
    assertThat(context.getBeansOfType(TaskExecutionAutoConfiguration.class)).isEmpty();
    assertThat(context.getBeansOfType(Elsewhere.class)).isEmpty();
  }

  @SpringBootApplication
  static class Application {}

  @Component
  static class Elsewhere {}

  static class Prices {
    private final Storage storage;

    Prices(Storage storage) {
      this.storage = storage;
    }

    int rows(String symbol) {
      return storage.read("equities/daily/" + symbol).data().rowCount();
    }
  }
}
