package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.UnsupportedFormatException;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.Version;
import io.ml4t.storage.VersionExpiredException;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store is after it was closed, left open by another, or damaged. */
class RecoveryTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root).minVersionAge(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void everything_is_there_after_reopening(int inlineLimit) {
    try (Storage storage = builder().inlineLimit(inlineLimit).build().blocking()) {
      storage.write(Bars.of("AAPL", 10, 100));
      storage.write(Bars.of("AAPL", 20, 100));
      storage.write(Bars.of("MSFT", 5, 7));
      storage.delete(StorageKey.of("equities", "daily", "MSFT"));
    }
    try (Storage storage = builder().build().blocking()) {
      assertThat(storage.listKeys()).containsExactly(AAPL);
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 20, 100));
      assertThat(storage.versions(AAPL)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void a_vacuum_keeps_the_newest_versions_and_drops_the_rest(int inlineLimit) throws IOException {
    try (FileSystemStorage store = builder().inlineLimit(inlineLimit).keepVersions(2).build()) {
      Storage storage = store.blocking();
      Version first = storage.put(Bars.of("AAPL", 1, 1), WriteOptions.defaults());
      for (int rows = 2; rows <= 6; rows++) {
        storage.write(Bars.of("AAPL", rows, 1));
      }
      assertThat(store.maintenance().vacuum().join()).isTrue();

      assertThat(storage.versions(AAPL)).hasSize(2);
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(6);
      assertThat(storage.asOf(5).read(AAPL).data().rowCount()).isEqualTo(5);
      assertThatExceptionOfType(VersionExpiredException.class)
          .isThrownBy(() -> storage.read(AAPL, ReadOptions.asOf(first.sequence())))
          .withMessageContaining("equities/daily/AAPL");
      assertThat(count(".ml4t/log")).isEqualTo(1);
      assertThat(count(".ml4t/checkpoints")).isEqualTo(1);
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
    try (Storage storage = builder().build().blocking()) {
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(6);
      assertThat(storage.versions(AAPL)).hasSize(2);
    }
  }

  @Test
  void a_tag_keeps_what_it_shows() {
    try (FileSystemStorage store = builder().keepVersions(1).build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      long tagged = store.tag("eod 2026/03/01").join();
      for (int rows = 2; rows <= 6; rows++) {
        storage.write(Bars.of("AAPL", rows, 1));
      }
      store.maintenance().vacuum().join();

      assertThat(store.tags().join()).containsEntry("eod 2026/03/01", tagged);
      assertThat(storage.asOf(tagged).read(AAPL).data().rowCount()).isEqualTo(1);
      assertThatThrownBy(() -> storage.asOf(tagged + 1).read(AAPL))
          .isInstanceOf(VersionExpiredException.class);
      assertThatThrownBy(() -> store.tag("eod 2026/03/01").join())
          .hasMessageContaining("exists already");

      assertThat(store.untag("eod 2026/03/01").join()).isTrue();
      storage.write(Bars.of("AAPL", 7, 1));
      store.maintenance().vacuum().join();
      assertThatThrownBy(() -> storage.asOf(tagged).read(AAPL))
          .isInstanceOf(VersionExpiredException.class);
    }
  }

  @Test
  void a_forgotten_key_is_expired_rather_than_absent() {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      storage.delete(AAPL);
      storage.write(Bars.of("MSFT", 1, 1));
      store.maintenance().vacuum().join();

      assertThat(storage.versions(AAPL)).isEmpty();
      assertThatThrownBy(() -> storage.asOf(1).read(AAPL))
          .isInstanceOf(VersionExpiredException.class);
      storage.write(Bars.of("AAPL", 2, 2));
      assertThatThrownBy(() -> storage.asOf(1).exists(AAPL))
          .isInstanceOf(VersionExpiredException.class);
      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(2);
    }
  }

  @Test
  void two_stores_on_one_root_see_each_other_s_commits() {
    try (Storage first = builder().build().blocking();
        Storage second = builder().build().blocking()) {
      for (int rows = 1; rows <= 5; rows++) {
        (rows % 2 == 0 ? first : second).write(Bars.of("AAPL", rows, 1));
        assertThat((rows % 2 == 0 ? second : first).read(AAPL).data().rowCount()).isEqualTo(rows);
      }
    }
  }

  @Test
  void a_store_that_slept_through_checkpoints_of_another_neither_reads_nor_writes_stale() {
    try (FileSystemStorage sleeper = builder().build();
        FileSystemStorage worker = builder().keepVersions(1).build()) {
      sleeper.blocking().write(Bars.of("AAPL", 1, 1));
      for (int rows = 2; rows <= 8; rows++) {
        worker.blocking().write(Bars.of("AAPL", rows, 1));
        worker.maintenance().vacuum().join();
      }

      Version written = sleeper.blocking().put(Bars.of("MSFT", 3, 3), WriteOptions.defaults());
      assertThat(written.sequence()).isEqualTo(9);
      assertThat(sleeper.blocking().read(AAPL).data().rowCount()).isEqualTo(8);
      assertThat(worker.blocking().read(written.key()).data().rowCount()).isEqualTo(3);
    }
  }

  @Test
  void a_record_that_a_stopped_process_links_late_and_cannot_withdraw_misleads_nobody() {
    HookedFiles files = new HookedFiles();
    AtomicBoolean stopped = new AtomicBoolean();
    try (FileSystemStorage victim = builder().files(files).build();
        FileSystemStorage sleeper = builder().keepVersions(1).build();
        FileSystemStorage worker = builder().keepVersions(1).build()) {
      worker.blocking().write(Bars.of("AAPL", 1, 1));
      files.hook(
          (operation, file) -> {
            boolean isRecord = file.toString().endsWith("02.commit");
            if (isRecord && operation.equals("link") && stopped.compareAndSet(false, true)) {
              worker.blocking().write(Bars.of("AAPL", 2, 2));
              assertThat(sleeper.blocking().read(AAPL).data().rowCount()).isEqualTo(2);
              worker.blocking().write(Bars.of("AAPL", 3, 3));
              worker.maintenance().vacuum().join();
            } else if (isRecord && operation.equals("delete")) {
              throw new IOException("It has died before it could");
            }
          });
      Version written = victim.blocking().put(Bars.of("MSFT", 4, 4), WriteOptions.defaults());

      assertThat(root.resolve(".ml4t/log/00000000000000000002.commit")).exists();
      assertThat(written.sequence()).isEqualTo(4);
      assertThat(sleeper.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 3, 3));
      assertThat(sleeper.blocking().read(written.key())).isEqualTo(Bars.of("MSFT", 4, 4));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_store_that_is_open_repairs_a_record_that_would_stop_it_from_opening(boolean isGone)
      throws IOException {
    try (FileSystemStorage store = builder().build();
        FileSystemStorage other = builder().build()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      other.maintenance().checkpoint().join();
      store.blocking().write(Bars.of("MSFT", 2, 2));
      store.blocking().delete(StorageKey.of("equities", "daily", "MSFT"));
      store.blocking().write(Bars.of("AAPL", 3, 3));
      Path record = root.resolve(".ml4t/log/00000000000000000003.commit");
      byte[] bytes = Files.readAllBytes(record);
      bytes[20] ^= 1;
      Files.delete(record);
      if (!isGone) {
        Files.write(record, bytes);
      }
      assertThatExceptionOfType(CorruptDataException.class).isThrownBy(() -> builder().build());

      assertThat(store.maintenance().repair().join().problems())
          .extracting(VerificationReport.Problem::file)
          .containsExactly(".ml4t/log/00000000000000000003.commit");
    }
    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().listKeys()).containsExactly(AAPL);
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 3, 3));
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
  }

  @Test
  void a_record_that_is_gone_from_the_middle_of_the_log_stops_the_store_from_opening()
      throws IOException {
    try (Storage storage = builder().build().blocking()) {
      for (int rows = 1; rows <= 3; rows++) {
        storage.write(Bars.of("AAPL", rows, rows));
      }
    }
    Files.delete(root.resolve(".ml4t/log/00000000000000000002.commit"));

    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> builder().build())
        .withMessageContaining("log/00000000000000000002.commit");
  }

  @Test
  void a_store_that_is_open_does_not_go_back_behind_a_record_that_is_gone() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("MSFT", 2, 1));
      storage.write(Bars.of("GOOG", 3, 1));
      store.flush().join();
      Files.delete(root.resolve(".ml4t/log/00000000000000000002.commit"));

      assertThat(store.maintenance().verify().join().isClean()).isFalse();
      assertThatThrownBy(() -> storage.read("equities/daily/MSFT"))
          .isInstanceOf(CorruptDataException.class);

      assertThat(storage.listKeys()).hasSize(3);
      assertThat(storage.put(Bars.of("AAPL", 4, 1), WriteOptions.defaults()).sequence())
          .isEqualTo(4);
    }
  }

  @Test
  void a_damaged_checkpoint_is_passed_over_for_the_one_before() throws IOException {
    try (FileSystemStorage store = builder().checkpointInterval(2).build()) {
      for (int rows = 1; rows <= 9; rows++) {
        store.blocking().write(Bars.of("AAPL", rows, 1));
        store.maintenance().checkpoint().join();
      }
    }
    Path newest = newest(".ml4t/checkpoints");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(newest);
    Files.write(newest, bytes);

    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().read(AAPL).data().rowCount()).isEqualTo(9);
      assertThat(store.maintenance().verify().join().problems()).hasSize(1);
    }
  }

  @Test
  void a_damaged_record_stops_the_store_from_opening() throws IOException {
    try (Storage storage = builder().build().blocking()) {
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("AAPL", 2, 2));
    }
    Path newest = newest(".ml4t/log");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[20] ^= 1;
    Files.delete(newest);
    Files.write(newest, bytes);

    assertThatExceptionOfType(CorruptDataException.class)
        .isThrownBy(() -> builder().build())
        .withMessageContaining("log/00000000000000000002.commit");
  }

  @Test
  void a_newer_format_is_refused_untouched() throws IOException {
    builder().build().close();
    Path format = root.resolve(".ml4t/format");
    Files.delete(format);
    Files.writeString(format, "{\"format\":2}\n");

    assertThatExceptionOfType(UnsupportedFormatException.class)
        .isThrownBy(() -> builder().build())
        .withMessageContaining("newer release");
  }

  @Test
  void a_file_in_place_of_the_root_is_named() throws IOException {
    Path file = Files.writeString(root.resolve("data"), "x");

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> FileSystemStorage.builder(file).build())
        .withMessageContaining(file.toString());
  }

  @Test
  void the_history_of_commits_tells_what_changed() {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      storage.transaction(
          tx -> {
            tx.delete(AAPL);
            return tx.write(Bars.of("MSFT", 2, 2));
          });

      var commits = store.commits(1, 10).join();
      assertThat(commits).hasSize(2);
      assertThat(commits.get(0).versions()).extracting(Version::key).containsExactly(AAPL);
      assertThat(commits.get(1).versions())
          .extracting(Version::deleted)
          .containsExactly(true, false);
      assertThat(store.commits(2, 10).join()).isEqualTo(commits.subList(1, 2));
      assertThat(store.commits(3, 10).join()).isEmpty();
      store.maintenance().vacuum().join();
      assertThatThrownBy(() -> store.commits(1, 10).join())
          .hasCauseInstanceOf(VersionExpiredException.class);
    }
  }

  private long count(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.count();
    }
  }

  private Path newest(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      List<Path> sorted = files.sorted().toList();
      return sorted.get(sorted.size() - 1);
    }
  }
}
