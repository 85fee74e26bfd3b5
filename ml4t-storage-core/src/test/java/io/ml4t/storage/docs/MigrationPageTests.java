package io.ml4t.storage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.Storage;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.migration.MigrationReport;
import io.ml4t.storage.migration.StorageMigrator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The example of the page on migration. */
class MigrationPageTests {
  private static final Logger log = LoggerFactory.getLogger(MigrationPageTests.class);

  @TempDir Path root;

  @Test
  void aDirectoryIsMigratedIntoAStore() {
    try (Storage python = PlainDirectoryStorage.builder(root.resolve("srv/python-data")).build()) {
      python.write(Bars.of("AAPL", 3, 100));
    }
    try (Storage storage = FileSystemStorage.builder(root.resolve("data")).build().blocking()) {
      MigrationReport report =
          StorageMigrator.from(
                  PlainDirectoryStorage.builder(root.resolve("srv/python-data")).readOnly().build())
              .to(storage)
              .verify(true)
              .journal(root.resolve("migration.journal"))
              .onProgress(progress -> log.info("{}", progress))
              .run();

      assertThat(report.isComplete()).isTrue();
      assertThat(report.successful()).isEqualTo(1);
      assertThat(storage.read("equities/daily/AAPL").data()).isEqualTo(Bars.daily(3, 100));
      assertThat(root.resolve("migration.journal")).doesNotExist();
    }
  }
}
