package io.ml4t.storage.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;

/** A store that the application opens itself may hold what nobody wants to lose. */
@Ml4tStorageTest
class OwnStoreTests {
  @TempDir static Path root;

  @Autowired AsyncStorage storage;

  @Test
  void a_store_that_the_application_opens_itself_is_not_emptied() {
    assertThat(storage.exists("equities/daily/AAPL").join()).isTrue();
  }

  @SpringBootConfiguration
  static class Application {
    @Bean
    FileSystemStorage own() {
      FileSystemStorage own = FileSystemStorage.builder(root).build();
      own.write(SyntheticBars.daily("AAPL").rows(3).toDataObject()).join();
      return own;
    }
  }
}
