package io.ml4t.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Bars;
import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.CorruptDataException;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.Metadata;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import io.ml4t.storage.directory.PlainDirectoryStorage;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageMigratorTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;
  private PlainDirectoryStorage source;
  private AsyncStorage target;

  @BeforeEach
  void open() {
    source = PlainDirectoryStorage.builder(root.resolve("source")).build();
    target = FileSystemStorage.builder(root.resolve("target")).build();
    for (String symbol : List.of("AAPL", "BTC/USD", "MSFT", "NVDA")) {
      source.write(Bars.of(symbol, symbol.length(), 1));
    }
    source.write(Bars.of(StorageKey.of("index", "weekly", "^GSPC"), 3, 1));
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  private StorageMigrator migrator() {
    return StorageMigrator.from(source).to(target);
  }

  private static void assertEqual(Storage one, Storage other) {
    assertThat(other.listKeys()).isEqualTo(one.listKeys());
    for (StorageKey key : one.listKeys()) {
      assertThat(other.read(key)).isEqualTo(one.read(key));
    }
  }

  @Test
  void every_frame_of_a_blocking_store_comes_to_a_non_blocking_one() {
    MigrationReport report = migrator().verify(true).run();

    assertThat(report.successful()).isEqualTo(5);
    assertThat(report.failed()).isZero();
    assertThat(report.skipped()).isZero();
    assertThat(report.rows()).isEqualTo(4 + 7 + 4 + 4 + 3);
    assertThat(report.bytes()).isPositive();
    assertThat(report.isComplete()).isTrue();
    assertEqual(source, target.blocking());
  }

  @Test
  void and_back_and_on_to_another_of_either_kind() {
    migrator().run();
    try (FileSystemStorage next = FileSystemStorage.builder(root.resolve("next")).build();
        Storage plain = PlainDirectoryStorage.builder(root.resolve("plain")).build()) {
      assertThat(StorageMigrator.from(target).to(next).run().successful()).isEqualTo(5);
      assertThat(StorageMigrator.from(next).to(plain).run().successful()).isEqualTo(5);
      assertEqual(source, next.blocking());
      assertEqual(source, plain);
    }
  }

  @Test
  void only_the_keys_under_the_prefix_are_migrated() {
    assertThat(migrator().prefix("equities/daily").run().successful()).isEqualTo(4);
    assertThat(target.blocking().listKeys("index")).isEmpty();
    assertThatThrownBy(() -> migrator().prefix("../x")).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void a_second_run_writes_nothing_that_is_the_same() {
    migrator().run();
    source.write(Bars.of("AAPL", 9, 9));

    MigrationReport again = migrator().run();

    assertThat(again.successful()).isEqualTo(1);
    assertThat(again.skipped()).isEqualTo(4);
    assertThat(target.blocking().versions(AAPL)).hasSize(2);
    assertThat(target.blocking().versions(StorageKey.of("equities", "daily", "MSFT"))).hasSize(1);
  }

  @Test
  void what_the_target_has_can_be_overwritten_or_left_alone() {
    target.blocking().write(Bars.of("AAPL", 50, 50));

    MigrationReport careful = migrator().existing(ExistingKeys.FAIL).run();

    assertThat(careful.successful()).isEqualTo(4);
    assertThat(careful.failures()).hasSize(1);
    assertThat(careful.failures().get(0).name()).isEqualTo("equities/daily/AAPL");
    assertThat(careful.failures().get(0).cause()).isInstanceOf(CommitConflictException.class);
    assertThat(target.blocking().read(AAPL).data().rowCount()).isEqualTo(50);

    assertThat(migrator().existing(ExistingKeys.OVERWRITE).run().successful()).isEqualTo(5);
    assertThat(target.blocking().read(AAPL)).isEqualTo(source.read(AAPL));
    assertThat(target.blocking().versions(AAPL)).hasSize(2);
  }

  @Test
  void a_dry_run_finds_what_would_fail_and_writes_nothing() throws IOException {
    breakFile("MSFT");
    target.blocking().write(Bars.of("NVDA", 1, 1));

    MigrationReport report = migrator().existing(ExistingKeys.FAIL).dryRun(true).run();

    assertThat(report.successful()).isEqualTo(3);
    assertThat(report.failures().stream().map(MigrationReport.Failure::name))
        .containsExactlyInAnyOrder("equities/daily/MSFT", "equities/daily/NVDA");
    assertThat(report.toText()).startsWith("Would migrate 3 of 5 keys, 0 skipped, 2 failed");
    assertThat(target.blocking().listKeys()).hasSize(1);
  }

  @Test
  void a_key_that_fails_is_named_with_its_cause_and_the_others_go_on() throws IOException {
    breakFile("MSFT");
    Files.writeString(root.resolve("source/equities/daily/not a symbol.parquet"), "x");

    MigrationReport report = migrator().run();

    assertThat(report.successful()).isEqualTo(4);
    assertThat(report.failed()).isEqualTo(2);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.failures())
        .anyMatch(
            failure ->
                failure.name().equals("equities/daily/MSFT")
                    && failure.cause() instanceof CorruptDataException)
        .anyMatch(
            failure ->
                failure.name().equals("equities/daily/not a symbol.parquet")
                    && failure.cause() instanceof InvalidKeyException);
    assertThat(report.toText())
        .contains("Migrated 4 of 6 keys, 0 skipped, 2 failed")
        .contains("\n  equities/daily/MSFT: Cannot read equities/daily/MSFT.parquet: ");
    assertThat(report.toJson())
        .contains("\"successful\":4", "\"failed\":2", "\"key\":\"equities/daily/MSFT\"")
        .contains("\"error\":\"CorruptDataException\"");
    assertThat(target.blocking().exists("equities/daily/MSFT")).isFalse();
  }

  @Test
  void a_target_that_loses_something_is_found_out() {
    Storage forgetful =
        new Delegate(PlainDirectoryStorage.builder(root.resolve("forgetful")).build()) {
          @Override
          public DataObject read(StorageKey key, ReadOptions options) {
            DataObject read = super.read(key, options);
            Metadata metadata =
                Metadata.builder(key.assetClass(), key.frequency(), key.symbol()).build();
            return key.symbol().equals("AAPL")
                ? new DataObject(read.data(), metadata)
                : key.symbol().equals("MSFT") ? read.withData(read.data().head(1)) : read;
          }
        };

    MigrationReport report = StorageMigrator.from(source).to(forgetful).verify(true).run();

    assertThat(report.successful()).isEqualTo(3);
    assertThat(report.toText())
        .contains("Cannot verify equities/daily/AAPL: the target has other metadata")
        .contains("Cannot verify equities/daily/MSFT: the target has other rows or columns");
  }

  @Test
  void progress_is_told_after_each_key_and_adds_up() {
    List<MigrationProgress> told = new ArrayList<>();

    migrator().onProgress(told::add).run();

    assertThat(told).hasSize(6);
    assertThat(told.stream().map(MigrationProgress::finished))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(told).allMatch(progress -> progress.total() == 5);
    assertThat(told.get(0).remaining()).isEmpty();
    assertThat(told.get(5).remaining()).hasValueSatisfying(rest -> assertThat(rest).isZero());
    assertThat(told.get(5).fraction()).isEqualTo(1);
    assertThat(told.get(5).toString()).startsWith("5 of 5 keys (100 %)");
  }

  @Test
  void a_listener_that_throws_does_not_stop_the_migration() {
    MigrationReport report =
        migrator()
            .onProgress(
                progress -> {
                  throw new IllegalStateException("listener");
                })
            .run();

    assertThat(report.successful()).isEqualTo(5);
  }

  @Test
  void a_migration_that_is_cancelled_ends_with_what_it_has_begun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Storage slow =
        new Delegate(source) {
          @Override
          public DataObject read(StorageKey key, ReadOptions options) {
            begun.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new StorageException("interrupted", e);
            }
            return super.read(key, options);
          }
        };
    Migration migration = StorageMigrator.from(slow).to(target).concurrency(1).start();
    begun.await();
    migration.cancel();
    goOn.countDown();

    MigrationReport report = migration.await();

    assertThat(report.cancelled()).isTrue();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.successful()).isEqualTo(1);
    assertThat(report.toText()).endsWith(", then cancelled");
    assertThat(migration.progress().total()).isEqualTo(5);
  }

  @Test
  void an_interrupt_cancels_and_is_kept() {
    Thread.currentThread().interrupt();

    MigrationReport report = migrator().concurrency(1).run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.failed()).isZero();
  }

  @Test
  void the_next_key_begins_when_any_is_done() throws InterruptedException {
    CountDownLatch others = new CountDownLatch(4);
    Storage lagging =
        new Delegate(source) {
          @Override
          public DataObject read(StorageKey key, ReadOptions options) {
            if (key.equals(AAPL)) {
              try {
                others.await(); // All others pass it by, two at a time.
              } catch (InterruptedException e) {
                throw new StorageException("interrupted", e);
              }
            }
            DataObject read = super.read(key, options);
            others.countDown();
            return read;
          }
        };

    assertThat(StorageMigrator.from(lagging).to(target).concurrency(2).run().successful())
        .isEqualTo(5);
  }

  @Test
  void a_journal_lets_a_second_run_go_on_where_the_first_was() throws IOException {
    Path journal = root.resolve("journal");
    breakFile("MSFT");
    migrator().existing(ExistingKeys.OVERWRITE).journal(journal).run();
    assertThat(journal).exists();
    source.write(Bars.of("MSFT", 7, 7));
    source.write(Bars.of("NVDA", 8, 8));
    Files.writeString(
        journal, Files.readString(journal) + "done equities/da"); // As a kill leaves it.

    MigrationReport rest = migrator().existing(ExistingKeys.OVERWRITE).journal(journal).run();

    assertThat(rest.successful()).isEqualTo(2);
    assertThat(rest.skipped()).isEqualTo(3);
    assertThat(target.blocking().versions(AAPL)).hasSize(1);
    assertThat(target.blocking().read("equities/daily/NVDA").data().rowCount()).isEqualTo(8);
    assertThat(journal).doesNotExist();
  }

  @Test
  void a_key_that_was_only_begun_is_not_written_twice() throws IOException {
    Path journal = root.resolve("journal");
    target.blocking().write(source.read(AAPL));
    Files.writeString(
        journal, "ml4t-migration 1\nbegun equities/daily/AAPL\nbegun equities/daily/MSFT\n");

    MigrationReport report = migrator().existing(ExistingKeys.FAIL).journal(journal).run();

    assertThat(report.isComplete()).isTrue();
    assertThat(report.successful()).isEqualTo(4);
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(target.blocking().versions(AAPL)).hasSize(1);
  }

  @Test
  void a_journal_belongs_to_one_migration() throws IOException {
    Path journal = root.resolve("journal");
    try (MigrationJournal open = MigrationJournal.open(journal)) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> migrator().journal(journal).start())
          .withMessageContaining("another migration is using it");
    }
    Files.writeString(journal, "something else\n");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> migrator().journal(journal).start())
        .withMessageContaining("not the journal of a migration");
    assertThat(Files.readString(journal)).isEqualTo("something else\n");
  }

  @Test
  void a_source_that_cannot_list_fails_the_migration() {
    source.close();

    assertThatThrownBy(() -> migrator().run()).isInstanceOf(StorageException.class);
  }

  @Test
  void misuse_is_refused() {
    assertThatThrownBy(() -> StorageMigrator.from(source).start())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> StorageMigrator.from(source).to(source))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> migrator().concurrency(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> migrator().concurrency(1_025))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> migrator().memoryLimit(1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> migrator().keysPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> migrator().bytesPerSecond(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void breakFile(String symbol) throws IOException {
    Files.writeString(root.resolve("source/equities/daily/" + symbol + ".parquet"), "PAR1");
  }

  /** A store through another, without what that one does to help a migration. */
  private static class Delegate implements Storage {
    private final Storage storage;

    Delegate(Storage storage) {
      this.storage = storage;
    }

    @Override
    public Version put(DataObject data, WriteOptions options) {
      return storage.put(data, options);
    }

    @Override
    public StorageKey update(StorageKey key, DataObject data) {
      return storage.update(key, data);
    }

    @Override
    public DataObject read(StorageKey key, ReadOptions options) {
      return storage.read(key, options);
    }

    @Override
    public List<DataObject> readAll(Collection<StorageKey> keys) {
      return storage.readAll(keys);
    }

    @Override
    public boolean exists(StorageKey key) {
      return storage.exists(key);
    }

    @Override
    public boolean delete(StorageKey key) {
      return storage.delete(key);
    }

    @Override
    public List<StorageKey> listKeys(String prefix) {
      return storage.listKeys(prefix);
    }

    @Override
    public List<Version> versions(StorageKey key) {
      return storage.versions(key);
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
