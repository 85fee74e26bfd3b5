package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.filesystem.SalvageReport.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way out when a log is damaged. */
class SalvageTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey IBM = StorageKey.of("equities", "daily", "IBM");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root).minVersionAge(Duration.ZERO);
  }

  @Test
  void a_damaged_record_is_replaced_and_the_plain_files_bring_back_what_it_held()
      throws IOException {
    try (Storage storage = builder().build().blocking()) {
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("IBM", 2, 2));
      storage.transaction(
          tx -> {
            tx.write(Bars.of("AAPL", 3, 3));
            return tx.delete(IBM);
          });
      storage.write(Bars.of("MSFT", 4, 4));
    }
    byte[] damaged = damage(record(3));
    assertThatExceptionOfType(CorruptDataException.class).isThrownBy(() -> builder().build());

    SalvageReport report = FileSystemStorage.salvage(root);

    assertThat(report.losses())
        .containsExactly(new Loss(3, 3, report.losses().get(0).reason(), Set.of(AAPL, IBM)));
    assertThat(report.losses().get(0).reason()).contains(record(3), "checksum");
    assertThat(report.quarantined()).hasSize(1);
    assertThat(root.resolve(report.quarantined().get(0))).hasBinaryContent(damaged);
    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 3, 3));
      assertThat(store.blocking().read(IBM)).isEqualTo(Bars.of("IBM", 2, 2));
      assertThat(store.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 4, 4));
      assertThat(store.blocking().versions(AAPL)).hasSize(2);
      store.flush().join();
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
    assertThat(FileSystemStorage.salvage(root).isEmpty()).isTrue();
  }

  @Test
  void without_plain_files_a_key_goes_back_to_its_last_whole_version() throws IOException {
    FileSystemStorageBuilder builder = builder().plainView(PlainViewMode.OFF).inlineLimit(0);
    try (Storage storage = builder.build().blocking()) {
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("AAPL", 2, 2));
      storage.write(Bars.of("AAPL", 3, 3));
    }
    damage(record(3));
    Files.delete(root.resolve(".ml4t").resolve(record(2)));

    SalvageReport report = FileSystemStorage.salvage(root);

    assertThat(report.losses()).extracting(Loss::firstCommit).containsExactly(2L, 3L);
    assertThat(report.losses()).extracting(Loss::keys).containsExactly(Set.of(), Set.of(AAPL));
    assertThat(report.quarantined()).as("a record and two objects").hasSize(3);
    try (Storage storage = builder.build().blocking()) {
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      Version next = storage.put(Bars.of("AAPL", 4, 4), WriteOptions.defaults());
      assertThat(next.sequence()).isEqualTo(4);
    }
  }

  @Test
  void a_store_without_a_whole_checkpoint_begins_again_from_its_plain_files() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      for (int rows = 1; rows <= 5; rows++) {
        store.blocking().write(Bars.of("AAPL", rows, rows));
        store.blocking().write(Bars.of("MSFT", rows, rows));
      }
      store.maintenance().vacuum().join();
      store.blocking().write(Bars.of("IBM", 6, 6));
    }
    damage("checkpoints/00000000000000000010");
    assertThatExceptionOfType(CorruptDataException.class).isThrownBy(() -> builder().build());

    SalvageReport report = FileSystemStorage.salvage(root);

    assertThat(report.losses()).hasSize(1);
    assertThat(report.losses().get(0).lastCommit()).isEqualTo(9);
    assertThat(report.quarantined()).as("a checkpoint and a pack").hasSize(2);
    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 5));
      assertThat(store.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 5, 5));
      assertThat(store.blocking().read(IBM)).isEqualTo(Bars.of("IBM", 6, 6));
      store.flush().join();
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
  }

  @Test
  void a_sound_store_is_left_as_it_is() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      store.maintenance().checkpoint().join();
      store.blocking().write(Bars.of("AAPL", 2, 2));
    }
    List<Path> before = files();
    assertThat(FileSystemStorage.salvage(root).isEmpty()).isTrue();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_folder_that_is_no_store_is_refused_untouched() throws IOException {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> FileSystemStorage.salvage(root))
        .withMessageContaining("there is none");
    assertThat(files()).containsExactly(root);
  }

  private static String record(long sequence) {
    return StoreLayout.record(sequence);
  }

  private byte[] damage(String name) throws IOException {
    Path file = root.resolve(".ml4t").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.sorted().toList();
    }
  }
}
