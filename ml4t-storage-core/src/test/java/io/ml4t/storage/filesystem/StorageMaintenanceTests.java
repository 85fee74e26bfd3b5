package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.VerificationReport;
import io.ml4t.storage.Version;
import io.ml4t.storage.frame.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store tells of itself. */
class StorageMaintenanceTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;
  private FileSystemStorage storage;

  @BeforeEach
  void open() {
    storage = FileSystemStorage.builder(root).minVersionAge(Duration.ZERO).build();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void statistics_count_the_newest_versions_and_all_that_are_kept() {
    storage.write(Bars.of("AAPL", 3, 100)).join();
    storage.write(Bars.of("AAPL", 5, 100)).join();
    storage.write(Bars.of("MSFT", 7, 100)).join();
    storage.delete(MSFT).join();
    List<Version> aapl = storage.versions(AAPL).join();
    List<Version> msft = storage.versions(MSFT).join();
    assertThat(storage.maintenance().statistics().join())
        .isEqualTo(
            new StorageStatistics(
                1,
                5,
                aapl.get(0).bytes(),
                3,
                aapl.get(0).bytes() + aapl.get(1).bytes() + msft.get(1).bytes()));
  }

  @Test
  void a_key_is_described_without_its_rows() {
    storage.write(Bars.of("AAPL", 3, 100)).join();
    KeyDescription aapl = storage.maintenance().describe(AAPL).join();
    assertThat(aapl.columns().keySet())
        .containsExactly("timestamp", "open", "high", "low", "close", "volume");
    assertThat(aapl.columns()).containsEntry("close", ColumnType.DOUBLE);
    assertThat(aapl.metadata()).isEqualTo(Bars.of("AAPL", 3, 100).metadata());
    assertThat(aapl.versions()).isEqualTo(storage.versions(AAPL).join());
  }

  @Test
  void a_key_that_does_not_exist_cannot_be_described() {
    storage.write(Bars.of("AAPL", 3, 100)).join();
    storage.delete(AAPL).join();
    for (StorageKey key : List.of(AAPL, MSFT)) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> storage.maintenance().describe(key).join())
          .withCauseInstanceOf(KeyNotFoundException.class);
    }
  }

  @Test
  void a_repair_makes_the_only_checkpoint_anew_where_it_is_damaged() throws IOException {
    storage.write(Bars.of("AAPL", 3, 100)).join();
    storage.write(Bars.of("MSFT", 5, 100)).join();
    storage.maintenance().vacuum().join();
    Path checkpoint = root.resolve(".ml4t/checkpoints/00000000000000000002");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(checkpoint);
    Files.write(checkpoint, bytes);

    assertThat(storage.maintenance().repair().join().problems())
        .extracting(VerificationReport.Problem::file)
        .containsExactly(".ml4t/checkpoints/00000000000000000002");

    storage.close();
    open();
    assertThat(storage.read(AAPL).join()).isEqualTo(Bars.of("AAPL", 3, 100));
    assertThat(storage.read(MSFT).join()).isEqualTo(Bars.of("MSFT", 5, 100));
    assertThat(storage.maintenance().verify().join().problems()).isEmpty();
  }
}
