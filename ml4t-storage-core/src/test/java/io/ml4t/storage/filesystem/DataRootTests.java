package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ml4t.storage.DataRootException;
import io.ml4t.storage.DataRootException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in which no store can be opened. */
class DataRootTests {
  @TempDir Path folder;

  @Test
  void a_missing_root_is_created_unless_that_is_switched_off() {
    Path root = folder.resolve("a/b");
    refused(FileSystemStorage.builder(root).createRoot(false), Reason.MISSING);
    assertThat(folder).isEmptyDirectory();
    FileSystemStorage.builder(root).build().close();
    FileSystemStorage.builder(root).createRoot(false).build().close();
  }

  @Test
  void a_file_in_place_of_the_root_or_of_a_folder_above_it_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(refused(FileSystemStorage.builder(file), Reason.NOT_A_FOLDER))
        .hasMessage("Cannot open store at %s: %s is a file, not a folder", file, file);
    assertThat(refused(FileSystemStorage.builder(file.resolve("root")), Reason.NOT_A_FOLDER))
        .hasMessageContaining(file + " is a file, not a folder");
  }

  @Test
  void a_root_where_nothing_can_be_created_is_refused() {
    Path root = Path.of("/proc/ml4t"); // Not even the super-user may create a folder there.
    assumeTrue(Files.isDirectory(root.getParent()));
    assertThat(refused(FileSystemStorage.builder(root), Reason.NOT_WRITABLE).root())
        .isEqualTo(root.toString());
  }

  private static DataRootException refused(FileSystemStorageBuilder builder, Reason reason) {
    DataRootException[] error = new DataRootException[1];
    assertThatExceptionOfType(DataRootException.class)
        .isThrownBy(builder::build)
        .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(reason))
        .satisfies(thrown -> error[0] = thrown);
    return error[0];
  }
}
