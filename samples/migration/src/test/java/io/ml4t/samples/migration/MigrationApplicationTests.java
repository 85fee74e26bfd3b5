package io.ml4t.samples.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.test.SyntheticBars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MigrationApplicationTests {
  private static final int KEYS = 20;

  @TempDir Path root;

  @BeforeEach
  void writeADirectory() {
    try (Storage python = PlainDirectoryStorage.builder(root.resolve("python")).build()) {
      for (int i = 0; i < KEYS; i++) {
        python.write(SyntheticBars.daily("S" + i).toDataObject());
      }
    }
  }

  private int migrate(String... options) {
    return run("never", options);
  }

  /** Spring Boot keeps the last choice for the process, so that each run has to make its own. */
  private int run(String ansi, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--spring.output.ansi.enabled=" + ansi);
    arguments.add("--migration.from=" + root.resolve("python"));
    arguments.add("--ml4t.storage.data-root=" + root.resolve("store"));
    return MigrationApplication.run(arguments.toArray(String[]::new));
  }

  private Path breakFile(String symbol) throws IOException {
    Path file = root.resolve("python/equities/daily").resolve(symbol + ".parquet");
    Path whole = Files.move(file, root.resolve(symbol));
    Files.writeString(file, "PAR1");
    return whole;
  }

  @Test
  void everyKeyIsInTheStoreThenAndTheReportSaysSo(CapturedOutput output) {
    assertThat(migrate()).isZero();

    assertThat(output)
        .contains("2 of 20 keys (10 %)")
        .contains("20 of 20 keys (100 %)")
        .contains("Migrated 20 of 20 keys, 0 skipped, 0 failed: 2,000 rows")
        .doesNotContain("\r")
        .doesNotContain("INFO");
    assertThat(root.resolve("store.journal")).doesNotExist();
    try (FileSystemStorage store = FileSystemStorage.builder(root.resolve("store")).build()) {
      assertThat(store.blocking().listKeys()).hasSize(KEYS);
      assertThat(store.blocking().read("equities/daily/S7"))
          .isEqualTo(SyntheticBars.daily("S7").toDataObject());
    }
  }

  @Test
  void aTerminalShowsABar(CapturedOutput output) {
    assertThat(run("always")).isZero();

    assertThat(output)
        .contains("\r[--------------------] 0/20 keys, 0/s\u001b[K")
        .containsPattern("\r\\[#{20}] 20/20 keys, [0-9,]+/s, 0:00:00 left\u001b\\[K\n")
        .contains("\nMigrated 20 of 20 keys");
  }

  @Test
  void aKeyThatFailsIsNamedAndTheNextRunGoesOnFromThere(CapturedOutput output) throws IOException {
    Path whole = breakFile("S3");
    assertThat(migrate()).isOne();
    assertThat(output)
        .contains("Migrated 19 of 20 keys, 0 skipped, 1 failed")
        .contains("\n  equities/daily/S3: Cannot read ");

    Files.move(
        whole,
        root.resolve("python/equities/daily/S3.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(migrate()).isZero();
    assertThat(output).contains("Migrated 1 of 20 keys, 19 skipped, 0 failed: 100 rows");
  }

  @Test
  void aDryRunFindsWhatWouldFailAndWritesNothing(CapturedOutput output) throws IOException {
    breakFile("S3");
    assertThat(migrate("--migration.dry-run=true", "--migration.prefix=equities/daily")).isOne();
    assertThat(output).contains("Would migrate 19 of 20 keys, 0 skipped, 1 failed");
    try (FileSystemStorage store = FileSystemStorage.builder(root.resolve("store")).build()) {
      assertThat(store.blocking().listKeys()).isEmpty();
    }
  }
}
