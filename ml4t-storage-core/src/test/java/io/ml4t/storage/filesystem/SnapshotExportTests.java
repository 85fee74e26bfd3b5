package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotExportTests {
  @TempDir Path folder;

  private FileSystemStorage storage;

  @BeforeEach
  void openStore() {
    storage = open(folder.resolve("data"));
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  private static FileSystemStorage open(Path root) {
    // Some frames in records, some in files of their own.
    return FileSystemStorage.builder(root).inlineLimit(2_000).build();
  }

  private static DataObject bars(String key, int rows) {
    return Bars.of(StorageKey.parse(key), rows, 100);
  }

  @ParameterizedTest
  @EnumSource
  void anOlderStateBecomesATreeThatIsADataRootItself(ExportMode mode) throws IOException {
    storage.write(bars("equities/daily/SMALL", 3)).join();
    storage.write(bars("crypto/4h/BTC%2FUSD", 2_000)).join();
    List<StorageKey> keys = storage.listKeys().join();
    List<DataObject> then = storage.readAll(keys).join();
    long sequence = storage.snapshot().join().sequence();
    storage.write(bars("equities/daily/SMALL", 5)).join();
    storage.write(bars("equities/daily/LATER", 1)).join();
    storage.delete("crypto/4h/BTC%2FUSD").join();
    storage.maintenance().checkpoint().join();

    Path tree = folder.resolve("copies/monday");
    int exported = storage.maintenance().export(sequence, tree, mode).join();

    assertThat(exported).isEqualTo(2);
    Path large = tree.resolve("crypto/4h/BTC%2FUSD.parquet");
    assertThat((int) Files.getAttribute(large, "unix:nlink"))
        .isEqualTo(mode == ExportMode.LINK ? 2 : 1);
    assertThat(tree.resolve("equities/daily/SMALL.json")).exists();
    try (var beside = Files.list(tree.getParent())) {
      assertThat(beside).containsExactly(tree);
    }
    try (Storage copy = open(tree).blocking()) {
      assertThat(copy.listKeys()).isEqualTo(keys);
      assertThat(copy.readAll(keys)).isEqualTo(then);
    }
  }

  @Test
  void anExportNeedsANewFolderOutsideOfTheRootAndACommitThatIsThere() throws IOException {
    storage.write(bars("equities/daily/A", 3)).join();
    Files.createDirectories(folder.resolve("full/x"));
    assertRefused(1, folder.resolve("full"), "it is not empty");
    assertRefused(1, folder.resolve("data/equities/copy"), "outside of the data root");
    assertRefused(2, folder.resolve("new"), "the newest commit is 1");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private void assertRefused(long sequence, Path to, String reason) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> storage.maintenance().export(sequence, to, ExportMode.COPY).join())
        .withCauseInstanceOf(InvalidDataException.class)
        .withMessageContaining(reason);
  }

  @Test
  void aFileOfAnExportedTreeIsAVersionWhereItReplacesAPlainFileWithItsTimeKept()
      throws IOException {
    DataObject old = bars("equities/daily/SMALL", 3);
    storage.write(old).join();
    Path tree = folder.resolve("copy");
    storage.maintenance().export(1, tree, ExportMode.COPY).join();
    storage.write(bars("equities/daily/SMALL", 5)).join();
    Path plain = folder.resolve("data/equities/daily/SMALL.parquet");

    Path copied = folder.resolve("copied");
    Files.copy(
        tree.resolve("equities/daily/SMALL.parquet"), copied, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copied, plain, StandardCopyOption.REPLACE_EXISTING);

    assertThat(storage.read(old.key()).join()).isEqualTo(old);
    assertThat(storage.versions(old.key()).join()).hasSize(3);
  }
}
