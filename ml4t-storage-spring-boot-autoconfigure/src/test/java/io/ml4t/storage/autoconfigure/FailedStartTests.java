package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** What a user reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {
  @TempDir Path folder;

  @AfterEach
  void theStartFailedAndThePageSaysWhatToDo(CapturedOutput output) throws IOException {
    assertThat(output).contains("APPLICATION FAILED TO START");
    String text = output.getOut();
    String action =
        text.substring(text.indexOf("Action:") + "Action:".length())
            .strip()
            .lines()
            .findFirst()
            .orElseThrow();
    if (!action.startsWith("Update your application's configuration")) { // Spring Boot's own.
      assertThat(Files.readString(Path.of("../docs/troubleshooting.md")))
          .contains(action.replace("ml4t.storage.stores.archive.", "ml4t.storage."));
    }
  }

  @Test
  void aWrongValueIsExplained(CapturedOutput output) {
    start("ml4t.storage.durability=perhaps");
    assertThat(output)
        .contains("Property: ml4t.storage.durability")
        .contains("Value: \"perhaps\"")
        .contains("FSYNC");
  }

  @Test
  void aValueOutOfRangeIsExplained(CapturedOutput output) {
    start("ml4t.storage.retry.max-attempts=0");
    assertThat(output)
        .contains("Property: ml4t.storage.retry.max-attempts")
        .contains("Value: \"0\"")
        .contains("Reason: expected at least 1");
  }

  @Test
  void propertiesThatConflictAreExplained(CapturedOutput output) {
    start("ml4t.storage.retry.base-delay=10s");
    assertThat(output)
        .contains("Property: ml4t.storage.retry.max-delay")
        .contains("Value: \"PT5S\"")
        .contains("Reason: expected at least ml4t.storage.retry.base-delay, which is PT10S");
  }

  @Test
  void twoStoresWithOneRootAreExplained(CapturedOutput output) {
    start(
        "ml4t.storage.stores.archive.data-root=" + folder,
        "ml4t.storage.stores.default.data-root=" + folder);
    assertThat(output)
        .contains("Property: ml4t.storage.stores.default.data-root")
        .contains("Reason: it is the folder of ml4t.storage.stores.archive.data-root too");
  }

  @Test
  void aMissingRootIsExplained(CapturedOutput output) {
    start("ml4t.storage.create-root=false", "ml4t.storage.data-root=" + folder.resolve("none"));
    assertThat(output)
        .contains("Cannot open store at " + folder.resolve("none") + ": it does not exist")
        .contains("Create the folder or mount it, correct ml4t.storage.data-root, or set");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheRootIsExplained(CapturedOutput output) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    start("ml4t.storage.data-root=" + file.resolve("root"));
    assertThat(output)
        .contains(file + " is a file, not a folder")
        .contains("Move the file away, or set ml4t.storage.data-root to the path of a folder.");
  }

  @Test
  void aRootThatIsNotWritableIsExplained(CapturedOutput output) {
    assumeTrue(Files.isDirectory(Path.of("/proc"))); // Nobody can create a folder there.
    start("ml4t.storage.data-root=/proc/ml4t");
    assertThat(output)
        .contains("Cannot open store at /proc/ml4t: its files cannot be created")
        .contains("Let the user that runs this application create and write files");
  }

  @Test
  void theDataRootOfANamedStoreIsCalledByItsOwnProperty(CapturedOutput output) {
    start(
        "ml4t.storage.stores.default.data-root=" + folder.resolve("new"),
        "ml4t.storage.stores.archive.data-root=" + folder.resolve("none"),
        "ml4t.storage.stores.archive.create-root=false");
    assertThat(output)
        .contains("Cannot open store at " + folder.resolve("none") + ": it does not exist")
        .contains(
            "correct ml4t.storage.stores.archive.data-root, or set"
                + " ml4t.storage.stores.archive.create-root to true.");
  }

  @Test
  void aFileInPlaceOfTheRootOfANamedStoreIsExplained(CapturedOutput output) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    start("ml4t.storage.stores.archive.data-root=" + file);
    assertThat(output)
        .contains(
            "Move the file away, or set ml4t.storage.stores.archive.data-root to the path of a"
                + " folder.");
  }

  @Test
  void aRootOfANamedStoreThatIsNotWritableIsExplained(CapturedOutput output) {
    assumeTrue(Files.isDirectory(Path.of("/proc")));
    start("ml4t.storage.stores.archive.data-root=/proc/ml4t");
    assertThat(output).contains("or set ml4t.storage.stores.archive.data-root to another folder.");
  }

  @Test
  void aWrongValueOfANamedStoreIsExplained(CapturedOutput output) {
    start(
        "ml4t.storage.stores.archive.data-root=" + folder,
        "ml4t.storage.stores.archive.read-cache=-1MB");
    assertThat(output)
        .contains("Property: ml4t.storage.stores.archive.read-cache")
        .contains("Value: \"-1048576B\"")
        .contains("Reason: expected not negative");
  }

  @Test
  void aValueOfTheWrongTypeOfANamedStoreIsExplained(CapturedOutput output) {
    start("ml4t.storage.stores.archive.durability=perhaps");
    assertThat(output)
        .contains("Property: ml4t.storage.stores.archive.durability")
        .contains("Value: \"perhaps\"")
        .contains("FSYNC");
  }

  @Test
  void aRootThatTheApplicationChoosesItselfIsExplainedWithoutAProperty(CapturedOutput output) {
    assertThatException()
        .isThrownBy(
            () ->
                MinimalApplication.builder("application.root=" + folder.resolve("none"))
                    .sources(OwnStore.class)
                    .run());
    assertThat(output)
        .contains(
            "Create the folder or mount it, correct the data root, or let the store create it.")
        .doesNotContain("ml4t.storage.data-root");
  }

  static class OwnStore {
    @Bean
    FileSystemStorage own(@Value("${application.root}") Path root) {
      return FileSystemStorage.builder(root).createRoot(false).build();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ml4t.storage", "ml4t.storage.stores.archive"})
  void aStoreOfANewerFormatIsExplained(String prefix, CapturedOutput output) throws IOException {
    Files.createDirectories(folder.resolve(".ml4t"));
    Files.writeString(folder.resolve(".ml4t/format"), "{\"format\":99}\n");
    start(prefix + ".data-root=" + folder);
    assertThat(output)
        .contains("it has store format 99, this release reads format")
        .contains("Property: " + prefix + ".data-root")
        .contains("Value: \"" + folder + "\"")
        .contains("Use the release of ml4t-storage-spring-boot-starter that wrote the data root");
  }

  private static void start(String... properties) {
    assertThatException().isThrownBy(() -> MinimalApplication.start(properties));
  }
}
