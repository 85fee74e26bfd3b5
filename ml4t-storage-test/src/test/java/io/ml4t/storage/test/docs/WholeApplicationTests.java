package io.ml4t.storage.test.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.test.SyntheticBars;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class WholeApplicationTests {
  @TempDir static Path root;

  @Autowired Storage storage;

  @DynamicPropertySource
  static void dataRoot(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.data-root", () -> root);
  }

  @Test
  void theStoreIsInTheFolder() {
    storage.write(SyntheticBars.daily("AAPL").toDataObject());
    assertThat(root.resolve("equities/daily/AAPL.parquet")).exists();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
