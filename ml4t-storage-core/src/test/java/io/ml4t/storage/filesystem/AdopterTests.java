package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.regime.ForeignWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdopterTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;

  @Test
  void a_foreign_file_that_cannot_be_read_for_once_is_not_replaced() throws IOException {
    HookedFiles files = new HookedFiles();
    Path plain = root.resolve(AAPL + ".parquet");
    try (FileSystemStorage store = FileSystemStorage.builder(root).files(files).build()) {
      store.blocking().write(Bars.of("AAPL", 5, 1));
      store.flush().join();
      Path foreign =
          Files.write(root.resolve("foreign"), ForeignWriter.encode(Bars.of("AAPL", 7, 7)));
      Files.move(foreign, plain, StandardCopyOption.REPLACE_EXISTING);
      files.hook(
          (operation, file) -> {
            if (operation.equals("read") && file.endsWith("AAPL.parquet")) {
              throw new IOException("Too many open files");
            }
          });

      assertThatThrownBy(() -> store.blocking().write(Bars.of("AAPL", 9, 9)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Cannot replace equities/daily/AAPL")
          .hasMessageContaining("Too many open files");
      files.hook((operation, file) -> {});

      assertThat(store.blocking().read(AAPL).data().rowCount()).isEqualTo(7);
      store.blocking().write(Bars.of("AAPL", 9, 9));
      assertThat(store.blocking().versions(AAPL))
          .extracting(Version::rows)
          .containsExactly(9L, 7L, 5L);
    }
  }
}
