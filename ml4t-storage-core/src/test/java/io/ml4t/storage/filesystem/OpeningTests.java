package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.ForeignWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a store whose plain files have not all been looked at yet. */
class OpeningTests {
  private static final DataObject OWN = Bars.of("AAPL", 40, 1);
  private static final DataObject FOREIGN = Bars.of("MSFT", 50, 2);

  @TempDir Path root;
  private final Gate gate = new Gate();
  private final HookedFiles files = gate.files();

  @BeforeEach
  void write() throws IOException {
    try (FileSystemStorage store = builder().build()) {
      store.blocking().write(OWN);
    }
    Path foreign = root.resolve(FOREIGN.key() + ".parquet");
    Files.write(foreign, ForeignWriter.encode(FOREIGN));
  }

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root).files(files);
  }

  @Test
  void a_key_is_read_and_written_at_once_and_what_is_asked_of_all_keys_waits() {
    gate.shut("list", root.resolve("equities")::equals);
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      assertThat(store.status().recovery().complete()).isFalse();
      assertThat(storage.read(OWN.key()).data()).isEqualTo(OWN.data());
      assertThat(storage.read(FOREIGN.key()).data()).isEqualTo(FOREIGN.data());
      storage.write(Bars.of("GOOG", 60, 3));

      List<CompletableFuture<?>> waiting =
          List.of(
              store.listKeys(),
              store.readAll(List.of(OWN.key())),
              store.snapshot(),
              store.asOf(1),
              store.begin(),
              store.transaction(transaction -> transaction.listKeys("")),
              store.append(Bars.of("AAPL", 41, 1)),
              store.tag("now"),
              store.flush(),
              store.maintenance().statistics(),
              store.maintenance().refresh(),
              store.maintenance().verify());
      assertThat(storage.exists(OWN.key())).isTrue();
      assertThat(waiting).noneMatch(CompletableFuture::isDone);

      gate.open();
      waiting.forEach(CompletableFuture::join);
      assertThat(storage.listKeys().stream().map(StorageKey::symbol))
          .containsExactly("AAPL", "GOOG", "MSFT");
      assertThat(store.status().recovery().complete()).isTrue();
    } finally {
      gate.open();
    }
  }

  @Test
  void a_commit_that_is_made_meanwhile_is_left_to_the_one_who_makes_it() {
    Path plain = root.resolve(OWN.key() + ".parquet");
    gate.shut("stat", plain::equals);
    try (FileSystemStorage store = builder().build()) {
      gate.awaitHeld(); // All plain files that there are have been listed.
      store.blocking().write(Bars.of("GOOG", 60, 3));

      gate.open();
      store.flush().join();

      assertThat(store.status().recovery().republished()).isZero();
    } finally {
      gate.open();
    }
  }

  @Test
  void files_that_cannot_be_looked_at_fail_what_is_asked_of_all_keys_until_they_can() {
    AtomicBoolean broken = new AtomicBoolean(true);
    files.hook(
        (operation, file) -> {
          if (broken.get() && operation.equals("list") && file.equals(root.resolve("equities"))) {
            throw new IOException("Input/output error");
          }
        });
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      assertThatThrownBy(storage::listKeys)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Input/output error");
      assertThatThrownBy(store.flush()::join).hasMessageContaining("Input/output error");
      assertThat(storage.read(OWN.key()).data()).isEqualTo(OWN.data());
      assertThat(store.status().recovery().complete()).isFalse();

      broken.set(false);
      store.flush().join();
      assertThat(store.status().recovery().complete()).isTrue();
      assertThat(storage.listKeys()).containsExactly(OWN.key(), FOREIGN.key());
      assertThat(store.status().recovery().adopted()).isEqualTo(1);
    }
  }

  @Test
  void a_plain_file_that_the_heap_cannot_hold_is_refused_and_keeps_nothing_else_back() {
    files.hook(
        (operation, file) -> {
          if (operation.equals("read") && file.endsWith(FOREIGN.key().symbol() + ".parquet")) {
            throw new OutOfMemoryError("Java heap space");
          }
        });
    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().listKeys()).containsExactly(OWN.key());
      store.blocking().append(Bars.of("AAPL", 41, 1));
      assertThat(store.status().recovery().refused()).isEqualTo(1);
    }
  }

  @Test
  void a_plain_file_that_is_larger_than_a_frame_may_be_is_named_and_left_alone()
      throws IOException {
    Path large = root.resolve(OWN.key() + ".parquet");
    Files.delete(large);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(EncodedParts.MAX_BYTES + 1);
    }
    try (FileSystemStorage store = builder().build()) {
      assertThatThrownBy(() -> store.blocking().read(OWN.key()))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining(OWN.key() + ": its file would be larger than");
      store.flush().join();
      assertThat(large).hasSize(EncodedParts.MAX_BYTES + 1);
    }
  }
}
