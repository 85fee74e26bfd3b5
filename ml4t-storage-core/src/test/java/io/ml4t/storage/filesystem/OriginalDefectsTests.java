package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.PathTraversalException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Transaction;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.directory.SidecarStyle;
import io.ml4t.storage.lock.LockInfo;
import io.ml4t.storage.migration.StorageMigrator;
import io.ml4t.storage.regime.Contents;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Defects of file-based stores that this one must not have, each shown to be absent. */
class OriginalDefectsTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;
  private final HookedFiles files = new HookedFiles();

  private FileSystemStorage open() {
    return FileSystemStorage.builder(root).files(files).build();
  }

  private static DataObject from(String provider, int first) {
    Metadata metadata = Metadata.builder("equities", "daily", "AAPL").provider(provider).build();
    return new DataObject(Bars.daily(5, first), metadata);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void a_disk_that_fills_up_in_the_middle_of_a_file_leaves_the_old_version_whole(int inlineLimit)
      throws IOException {
    FileSystemStorageBuilder builder =
        FileSystemStorage.builder(root).files(files).inlineLimit(inlineLimit);
    try (Storage storage = builder.build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
      byte[] plain = Files.readAllBytes(root.resolve(AAPL + ".parquet"));
      files.hook(
          (operation, file) -> {
            if (operation.equals("write")) {
              byte[] whole = Files.readAllBytes(file);
              Files.delete(file);
              Files.write(file, Arrays.copyOf(whole, whole.length / 2));
              throw new FileSystemException(file.toString(), null, "No space left on device");
            }
          });
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> storage.write(Bars.of("AAPL", 6, 2)))
          .withMessageContaining("No space left on device");
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
      assertThat(root.resolve(AAPL + ".parquet")).hasBinaryContent(plain);
      files.hook((operation, file) -> {});
    }
    try (FileSystemStorage store = open()) {
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
      assertThat(store.blocking().versions(AAPL)).hasSize(1);
      assertThat(Contents.problems(store)).isEmpty();
    }
  }

  @Test
  void two_writers_never_leave_the_data_of_one_and_the_metadata_of_the_other() {
    try (FileSystemStorage one = open();
        FileSystemStorage other = open()) {
      List<CompletableFuture<?>> writes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        writes.add(one.write(from("one", 1)));
        writes.add(other.write(from("other", 2)));
        writes.get(0).join();
        assertThat(one.blocking().read(AAPL)).isIn(from("one", 1), from("other", 2));
      }
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
      assertThat(one.blocking().read(AAPL)).isIn(from("one", 1), from("other", 2));
      one.maintenance().refresh().join();
      assertThat(Contents.problems(one)).isEmpty();
    }
  }

  @Test
  void releasing_a_lock_deletes_no_lock_file() throws IOException {
    Path locks = root.resolve(".ml4t/locks");
    try (FileSystemStorage store = open()) {
      Object before = Files.getAttribute(locks, "unix:ino");
      store.blocking().write(Bars.of("AAPL", 1, 1));
      store.blocking().delete(AAPL);
      assertThat(Files.getAttribute(locks, "unix:ino")).isEqualTo(before);
    }
    assertThat(locks).isEmptyFile();
  }

  @Test
  void cancelling_a_write_that_has_begun_keeps_its_lock_to_the_end() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (FileSystemStorage store = open()) {
      files.hook(
          (operation, file) -> {
            if (operation.equals("link")) {
              begun.countDown();
              await(goOn);
            }
          });
      CompletableFuture<StorageKey> write = store.write(Bars.of("AAPL", 1, 1));
      begun.await();
      write.cancel(true);
      CompletableFuture<StorageKey> next = store.write(Bars.of("AAPL", 2, 2));
      assertThat(store.locks())
          .extracting(LockInfo::key, lock -> lock.state().toString())
          .contains(tuple(AAPL, "HELD"));
      assertThat(next).isNotDone();

      goOn.countDown();
      next.join();
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 2, 2));
      assertThat(store.blocking().versions(AAPL)).hasSize(2);
    }
  }

  @Test
  void an_error_while_the_lock_file_is_opened_leaves_no_key_locked() throws IOException {
    Path locks = Files.createDirectories(root.resolve(".ml4t/locks"));
    assertThatExceptionOfType(StorageException.class).isThrownBy(this::open);
    Files.delete(locks);
    try (FileSystemStorage store = open()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      assertThat(store.locks()).isEmpty();
    }
  }

  @Test
  void readers_do_not_wait_for_readers_nor_for_a_writer() {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    AtomicBoolean reading = new AtomicBoolean();
    try (FileSystemStorage store = open()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      files.hook(
          (operation, file) -> {
            boolean isFirstRead =
                operation.equals("read")
                    && file.toString().endsWith(".commit")
                    && reading.compareAndSet(false, true);
            if (isFirstRead || operation.equals("link")) {
              begun.countDown();
              await(goOn);
            }
          });
      CompletableFuture<DataObject> slow = store.read(AAPL);
      CompletableFuture<StorageKey> write = store.write(Bars.of("AAPL", 2, 2));
      await(begun);
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(slow).isNotDone();
      assertThat(write).isNotDone();

      goOn.countDown();
      assertThat(slow.join()).isEqualTo(Bars.of("AAPL", 1, 1));
      write.join();
    }
  }

  @Test
  void a_thousand_missing_keys_leave_no_trace_among_the_locks() {
    try (FileSystemStorage store = open()) {
      for (int i = 0; i < 1_000; i++) {
        StorageKey missing = StorageKey.of("equities", "daily", "NONE" + i);
        assertThatExceptionOfType(KeyNotFoundException.class)
            .isThrownBy(() -> store.blocking().read(missing));
        assertThat(store.blocking().delete(missing)).isFalse();
      }
      assertThat(store.locks()).isEmpty();
    }
  }

  @Test
  void an_update_with_the_data_of_another_key_is_refused_and_changes_neither() {
    try (FileSystemStorage store = open()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("MSFT", 2, 2));
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> storage.update(AAPL, Bars.of("MSFT", 3, 3)));
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 2, 2));
    }
  }

  @Test
  void a_frame_without_a_sidecar_exists_is_listed_and_can_be_read() throws IOException {
    try (Storage storage = open().blocking()) {
      storage.write(Bars.of("AAPL", 3, 1));
    }
    Files.copy(root.resolve(AAPL + ".parquet"), root.resolve(MSFT + ".parquet"));
    try (Storage storage = open().blocking()) {
      assertThat(storage.exists(MSFT)).isTrue();
      assertThat(storage.listKeys()).containsExactly(AAPL, MSFT);
      assertThat(storage.read(MSFT).data()).isEqualTo(Bars.daily(3, 1));
    }
  }

  @Test
  void a_prefix_ends_at_a_part_and_deeper_files_are_no_keys() throws IOException {
    try (Storage storage = open().blocking()) {
      storage.write(Bars.of(StorageKey.of("eq", "daily", "A"), 1, 1));
      storage.write(Bars.of(StorageKey.of("eq2", "daily", "A"), 1, 1));
    }
    Path deeper = Files.createDirectories(root.resolve("eq/daily/deeper"));
    Files.copy(root.resolve("eq/daily/A.parquet"), deeper.resolve("B.parquet"));
    try (Storage storage = open().blocking()) {
      assertThat(storage.listKeys("eq")).containsExactly(StorageKey.of("eq", "daily", "A"));
      assertThat(storage.listKeys()).hasSize(2);
    }
  }

  @Test
  void a_link_inside_the_root_leads_no_write_out_of_it(@TempDir Path outside) throws IOException {
    try (Storage storage = open().blocking()) {
      Files.createSymbolicLink(root.resolve("equities"), outside);
      assertThatExceptionOfType(PathTraversalException.class)
          .isThrownBy(() -> storage.write(Bars.of("AAPL", 1, 1)));
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void names_that_file_systems_treat_alike_are_keys_of_their_own() throws IOException {
    List<String> symbols =
        List.of(".locks", ".ml4t", "CON", "a", "a ", "\u00C5SA", "A\u030ASA", "BTC/USD", "^GSPC");
    try (FileSystemStorage store = open()) {
      for (int i = 0; i < symbols.size(); i++) {
        store.blocking().write(Bars.of(symbols.get(i), 1, i));
      }
      for (int i = 0; i < symbols.size(); i++) {
        assertThat(store.blocking().read(StorageKey.of("equities", "daily", symbols.get(i))))
            .isEqualTo(Bars.of(symbols.get(i), 1, i));
      }
      assertThat(Contents.strayFiles(store)).isEmpty();
    }
  }

  @Test
  void distinct_keys_share_neither_locks_nor_files() {
    List<StorageKey> keys =
        List.of(
            StorageKey.of("a_b", "c", "X"),
            StorageKey.of("a", "b_c", "X"),
            StorageKey.of("a", "b", "X"),
            StorageKey.of("a", "b", "X.manifest"),
            StorageKey.of("a", "b", "X.parquet"),
            StorageKey.of("a", "b", "X.json"));
    try (FileSystemStorage store = open()) {
      Storage storage = store.blocking();
      for (int i = 0; i < keys.size(); i++) {
        storage.write(Bars.of(keys.get(i), 1, i));
      }
      storage.delete(keys.get(2));
      storage.write(Bars.of(keys.get(2), 1, 2));
      for (int i = 0; i < keys.size(); i++) {
        assertThat(storage.read(keys.get(i))).isEqualTo(Bars.of(keys.get(i), 1, i));
      }
      assertThat(Contents.problems(store)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256 * 1024})
  void a_power_cut_right_after_a_write_was_acknowledged_leaves_it_whole(int inlineLimit) {
    SimulatedFiles disk = new SimulatedFiles(root.getParent());
    FileSystemStorageBuilder builder =
        FileSystemStorage.builder(root).files(disk).inlineLimit(inlineLimit);
    int acknowledged;
    try (Storage storage = builder.build().blocking()) {
      storage.write(Bars.of("AAPL", 5, 1));
      acknowledged = disk.journal().size();
    }
    PowerCut cut = new PowerCut(disk.journal(), acknowledged);
    for (IntPredicate survives : List.<IntPredicate>of(i -> false, i -> true)) {
      SimulatedFiles left = cut.state(survives, new Random(1));
      try (Storage storage = FileSystemStorage.builder(root).files(left).build().blocking()) {
        assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 5, 1));
      }
    }
  }

  @Test
  void a_symbol_has_one_form_that_is_locked_and_stored() {
    List<String> symbols = List.of("AAPL", "A%41PL", "^GSPC", "BTC/USD", "ES=F");
    assertThatExceptionOfType(InvalidKeyException.class)
        .isThrownBy(() -> StorageKey.parse("equities/daily/A%41PL"))
        .withMessageContaining("write 'AAPL'");
    try (Storage storage = open().blocking()) {
      symbols.forEach(symbol -> storage.write(Bars.of(symbol, 1, symbol.length())));
      assertThat(storage.listKeys()).hasSize(symbols.size());
      for (StorageKey key : storage.listKeys()) {
        assertThat(StorageKey.parse(key.toString())).isEqualTo(key);
        assertThat(storage.read(key)).isEqualTo(Bars.of(key.symbol(), 1, key.symbol().length()));
      }
      assertThat(storage.listKeys()).extracting(StorageKey::symbol).hasSameElementsAs(symbols);
    }
  }

  @Test
  void metadata_keeps_what_it_says_in_the_log_and_in_the_plain_view() throws IOException {
    Metadata metadata =
        Metadata.builder("equities", "daily", "AAPL")
            .provider("yahoo")
            .exchange("NASDAQ")
            .calendar("XNYS")
            .downloadUtcTimestamp(Instant.parse("2026-03-01T22:15:00.123456Z"))
            .build();
    DataObject written = new DataObject(Bars.daily(3, 1), metadata);
    try (Storage storage = open().blocking()) {
      storage.write(written);
      assertThat(Metadata.parse(Files.readString(root.resolve(AAPL + ".json"))))
          .isEqualTo(metadata);
    }
    try (Storage storage = open().blocking()) {
      assertThat(storage.read(AAPL)).isEqualTo(written);
    }
  }

  /** A migration compares what it wrote, and its manifest has every field. */
  @Test
  void a_manifest_loses_neither_download_time_nor_exchange_nor_calendar() {
    DataObject data =
        new DataObject(
            Bars.daily(5, 1),
            Metadata.builder("equities", "daily", "AAPL")
                .exchange("NASDAQ")
                .calendar("NYSE")
                .downloadUtcTimestamp(Instant.parse("2026-03-01T12:34:56.789012Z"))
                .build());
    try (FileSystemStorage store = open();
        Storage manifests =
            PlainDirectoryStorage.builder(root.resolve("manifests"))
                .sidecars(SidecarStyle.MANIFEST)
                .build()) {
      store.blocking().write(data);
      assertThat(StorageMigrator.from(store).to(manifests).verify(true).run().isComplete())
          .isTrue();

      assertThat(manifests.read(AAPL)).isEqualTo(data);
    }
  }

  @Test
  void what_a_transaction_writes_is_seen_by_nobody_until_its_commit_and_then_for_good() {
    try (FileSystemStorage store = open();
        FileSystemStorage other = open()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      Transaction tx = store.blocking().begin();
      tx.write(Bars.of("AAPL", 2, 2));
      tx.write(Bars.of("MSFT", 3, 3));
      for (Storage reader : List.of(store.blocking(), other.blocking())) {
        assertThat(reader.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
        assertThat(reader.exists(MSFT)).isFalse();
      }
      tx.commit();
      assertThat(other.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 2, 2));
    }
    try (Storage storage = open().blocking()) {
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 2, 2));
      assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 3, 3));
    }
  }

  @Test
  void a_transaction_that_cannot_read_and_rolls_back_touches_nothing() {
    try (FileSystemStorage store = open()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("MSFT", 2, 2));
      files.hook(
          (operation, file) -> {
            if (operation.equals("read")) {
              throw new FileSystemException(file.toString(), null, "Input/output error");
            }
          });
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(
              () ->
                  storage.transaction(
                      tx -> {
                        tx.write(Bars.of("MSFT", 3, 3));
                        return tx.append(Bars.of("AAPL", 4, 4));
                      }))
          .withMessageContaining("Input/output error");
      files.hook((operation, file) -> {});
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 2, 2));
      assertThat(store.locks()).isEmpty();
    }
  }

  @Test
  void neither_a_rollback_nor_a_commit_overwrites_what_another_writer_has_committed_since() {
    try (FileSystemStorage store = open();
        FileSystemStorage other = open()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      Transaction late = store.blocking().begin();
      late.append(Bars.of("AAPL", 2, 2));
      Transaction undone = store.blocking().begin();
      undone.append(Bars.of("AAPL", 3, 3));
      other.blocking().write(Bars.of("AAPL", 4, 4));

      assertThatExceptionOfType(CommitConflictException.class)
          .isThrownBy(late::commit)
          .withMessageContaining(AAPL.toString());
      undone.rollback();
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 4, 4));
      assertThat(store.blocking().versions(AAPL)).hasSize(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
