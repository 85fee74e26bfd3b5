package io.ml4t.storage.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.SalvageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page on guarantees. */
class GuaranteesPageTests {
  @TempDir Path root;

  @Test
  void aStoreThatDoesNotOpenIsSalvaged() throws IOException {
    try (Storage storage = FileSystemStorage.builder(root.resolve("data")).build().blocking()) {
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("AAPL", 2, 2));
    }
    Files.writeString(root.resolve("data/.ml4t/log/00000000000000000001.commit"), "damaged");
    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> FileSystemStorage.builder(root.resolve("data")).build());

    SalvageReport report = FileSystemStorage.salvage(root.resolve("data"));

    assertThat(report.losses()).singleElement().satisfies(loss -> assertThat(loss).isNotNull());
    try (Storage storage = FileSystemStorage.builder(root.resolve("data")).build().blocking()) {
      assertThat(storage.read("equities/daily/AAPL")).isEqualTo(Bars.of("AAPL", 2, 2));
    }
  }
}
