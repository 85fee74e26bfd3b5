package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.Snapshot;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VersionExpiredException;
import io.ml4t.storage.regime.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that several processes make of one store. */
class SharedCheckpointTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;

  private FileSystemStorage open(int keepVersions) {
    return FileSystemStorage.builder(root)
        .minVersionAge(Duration.ZERO)
        .keepVersions(keepVersions)
        .build();
  }

  @Test
  void a_checkpoint_finds_the_frames_that_another_process_has_moved() {
    try (FileSystemStorage one = open(1);
        FileSystemStorage other = open(1)) {
      Storage storage = one.blocking();
      storage.write(Bars.of("MSFT", 1, 1));
      storage.write(Bars.of("AAPL", 100, 1));
      other.maintenance().vacuum().join();
      storage.write(Bars.of("AAPL", 100, 2));
      one.maintenance().vacuum().join();
      storage.write(Bars.of("AAPL", 100, 3));
      other.maintenance().vacuum().join();

      assertThat(other.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
      assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
      assertThat(Contents.problems(one)).isEmpty();
    }
    try (FileSystemStorage store = open(1)) {
      assertThat(store.blocking().read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
    }
  }

  @Test
  void a_plain_file_that_is_behind_is_made_of_a_frame_that_another_process_has_moved() {
    HookedFiles files = new HookedFiles();
    files.hook(
        (operation, file) -> {
          if (operation.equals("rename") && file.endsWith("AAPL.parquet")) {
            throw new IOException("disk full");
          }
        });
    try (FileSystemStorage one = FileSystemStorage.builder(root).files(files).build();
        FileSystemStorage other = open(1)) {
      one.blocking().write(Bars.of("AAPL", 100, 1));
      one.blocking().write(Bars.of("MSFT", 100, 1));
      other.maintenance().vacuum().join();
      files.hook((operation, file) -> {});

      one.flush().join();

      assertThat(root.resolve(AAPL + ".parquet")).exists();
      assertThat(Contents.problems(one)).isEmpty();
    }
  }

  @Test
  void a_second_checkpoint_of_one_commit_leaves_the_pack_of_the_first_alone() {
    try (FileSystemStorage one = open(5);
        FileSystemStorage other = open(1)) {
      for (int rows = 1; rows <= 5; rows++) {
        one.blocking().write(Bars.of("AAPL", rows, rows));
      }
      one.maintenance().checkpoint().join();
      other.maintenance().vacuum().join();

      assertThat(one.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 5));
      assertThat(other.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 5));
    }
  }

  @Test
  void a_key_that_is_written_again_after_it_was_forgotten_keeps_no_checkpoint_back() {
    try (FileSystemStorage one = open(3);
        FileSystemStorage other = open(3)) {
      one.blocking().write(Bars.of("AAPL", 1, 1));
      one.blocking().delete(AAPL);
      assertThat(other.blocking().exists(AAPL)).isFalse();
      one.maintenance().vacuum().join();
      one.blocking().write(Bars.of("AAPL", 2, 2));
      other.maintenance().checkpoint().join();

      assertThat(other.blocking().versions(AAPL)).hasSize(1);
      assertThat(other.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 2, 2));
      assertThatExceptionOfType(VersionExpiredException.class)
          .isThrownBy(() -> other.blocking().asOf(1).read(AAPL));
      assertThat(other.blocking().asOf(2).exists(AAPL)).isFalse();
    }
  }

  @Test
  void a_key_that_is_written_again_while_a_checkpoint_forgets_it_keeps_no_further_one_back() {
    HookedFiles files = new HookedFiles();
    try (FileSystemStorage store =
        FileSystemStorage.builder(root).files(files).minVersionAge(Duration.ZERO).build()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      store.blocking().delete(AAPL);
      files.hook(
          (operation, file) -> {
            if (operation.equals("rename") && file.endsWith(StoreLayout.checkpoint(2))) {
              files.hook((again, any) -> {});
              store.blocking().write(Bars.of("AAPL", 2, 2));
            }
          });
      store.maintenance().vacuum().join();
      store.maintenance().vacuum().join();

      assertThat(store.blocking().versions(AAPL)).hasSize(1);
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 2, 2));
      assertThatExceptionOfType(VersionExpiredException.class)
          .isThrownBy(() -> store.blocking().asOf(1).read(AAPL));
    }
  }

  @Test
  void no_process_takes_a_key_that_was_forgotten_for_one_that_never_was() {
    try (FileSystemStorage one = open(1);
        FileSystemStorage other = open(1)) {
      one.blocking().write(Bars.of("AAPL", 1, 1));
      one.blocking().write(Bars.of("MSFT", 1, 1));
      one.blocking().delete(AAPL);
      assertThat(other.blocking().exists(AAPL)).isFalse();
      one.maintenance().vacuum().join();
      one.blocking().write(Bars.of("AAPL", 2, 2));
      assertThat(other.blocking().exists(AAPL)).isTrue();
      one.maintenance().vacuum().join();
      other.maintenance().vacuum().join();

      assertIsForgottenAsOf2(other);
    }
    try (FileSystemStorage store = open(1)) {
      assertIsForgottenAsOf2(store);
    }
  }

  private static void assertIsForgottenAsOf2(FileSystemStorage store) {
    Snapshot snapshot = store.blocking().asOf(2);
    assertThatExceptionOfType(VersionExpiredException.class)
        .isThrownBy(() -> snapshot.listKeys(""));
    assertThatExceptionOfType(VersionExpiredException.class)
        .isThrownBy(() -> snapshot.exists(AAPL));
    assertThat(snapshot.read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
    assertThat(store.blocking().listKeys("")).containsExactly(AAPL, MSFT);
  }

  @Test
  void a_checkpoint_of_another_process_counts_and_a_new_process_counts_on() throws IOException {
    Path checkpoints = root.resolve(".ml4t/checkpoints");
    try (FileSystemStorage one = counting();
        FileSystemStorage other = counting()) {
      for (int rows = 1; rows <= 9; rows++) {
        other.blocking().write(Bars.of("AAPL", rows, 1));
      }
      one.maintenance().checkpoint().join();
      other.blocking().write(Bars.of("AAPL", 10, 1));
    }
    assertThat(names(checkpoints)).containsExactly(9L);

    for (int rows = 11; rows <= 19; rows++) {
      try (FileSystemStorage shortLived = counting()) {
        shortLived.blocking().write(Bars.of("AAPL", rows, 1));
      }
    }
    assertThat(names(checkpoints)).containsExactly(9L, 19L);
  }

  private FileSystemStorage counting() {
    return FileSystemStorage.builder(root).checkpointInterval(10).build();
  }

  private static List<Long> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> Long.valueOf(file.getFileName().toString())).sorted().toList();
    }
  }

  @Test
  void a_frame_that_has_lost_its_end_keeps_no_checkpoint_back() throws IOException {
    try (FileSystemStorage store = open(1)) {
      store.blocking().write(Bars.of("AAPL", 5, 1));
      store.blocking().write(Bars.of("MSFT", 5, 1));
      Path record = root.resolve(".ml4t/log/00000000000000000002.commit");
      byte[] whole = Files.readAllBytes(record);
      Files.delete(record);
      Files.write(record, Arrays.copyOf(whole, whole.length - 10));
    }
    try (FileSystemStorage store = open(1)) {
      store.maintenance().vacuum().join();

      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
      assertThatExceptionOfType(CorruptDataException.class)
          .isThrownBy(() -> store.blocking().read(MSFT));
    }
  }

  @Test
  void a_check_finds_the_frames_that_another_process_has_moved() {
    try (FileSystemStorage one = open(1);
        FileSystemStorage other = open(1)) {
      moveFrom(one, other);

      assertThat(other.maintenance().verify().join().problems()).isEmpty();
      assertThat(other.maintenance().verify().join().versions()).isEqualTo(2);
    }
  }

  @Test
  void a_key_is_described_whose_frame_another_process_has_moved() {
    try (FileSystemStorage one = open(1);
        FileSystemStorage other = open(1)) {
      moveFrom(one, other);

      assertThat(other.maintenance().describe(AAPL).join().versions()).hasSize(1);
    }
  }

  private static void moveFrom(FileSystemStorage one, FileSystemStorage other) {
    one.blocking().write(Bars.of("AAPL", 100, 1));
    one.blocking().write(Bars.of("MSFT", 100, 1));
    assertThat(other.blocking().exists(AAPL)).isTrue();
    one.maintenance().vacuum().join();
  }

  @Test
  void a_check_passes_over_a_version_that_is_dropped_meanwhile() {
    HookedFiles files = new HookedFiles();
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .files(files)
            .minVersionAge(Duration.ZERO)
            .keepVersions(1)
            .build()) {
      for (int rows = 1; rows <= 3; rows++) {
        store.blocking().write(Bars.of("AAPL", rows, rows));
      }
      AtomicBoolean dropped = new AtomicBoolean();
      files.hook(
          (listing, folder) -> {
            if (listing.equals("list") && folder.endsWith("tags")) { // Next are the frames.
              files.hook(
                  (reading, file) -> {
                    if (reading.equals("read") && file.endsWith("00000000000000000001.commit")) {
                      files.hook((operation, any) -> {});
                      store.maintenance().vacuum().join();
                      dropped.set(true);
                    }
                  });
            }
          });

      assertThat(store.maintenance().verify().join().problems()).isEmpty();
      assertThat(dropped).isTrue();
    }
  }
}
