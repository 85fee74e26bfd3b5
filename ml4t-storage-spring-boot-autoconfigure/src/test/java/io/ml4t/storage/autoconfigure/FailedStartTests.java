package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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
      assertThat(Files.readString(Path.of("../docs/troubleshooting.md"))).contains(action);
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
  void aStoreOfANewerFormatIsExplained(CapturedOutput output) throws IOException {
    Files.createDirectories(folder.resolve(".ml4t"));
    Files.writeString(folder.resolve(".ml4t/format"), "{\"format\":99}\n");
    start("ml4t.storage.data-root=" + folder);
    assertThat(output)
        .contains("it has store format 99, this release reads format")
        .contains("Use the release of ml4t-storage-spring-boot-starter that wrote the data root");
  }

  private static void start(String... properties) {
    assertThatException().isThrownBy(() -> MinimalApplication.start(properties));
  }
}
