package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.event.StorageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain files that a power cut has left with their size and time, but without their bytes. */
class PlainCheckerTests {
  private static final DataObject AAPL = Bars.of("AAPL", 40, 1);
  private static final DataObject MSFT = Bars.of("MSFT", 50, 2);

  @TempDir Path root;
  private final TickingClock clock = new TickingClock();
  private final HookedFiles files = new HookedFiles();
  private final Queue<String> looks = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void write() {
    try (FileSystemStorage store = builder().build()) {
      store.blocking().write(AAPL);
      store.blocking().write(MSFT);
    }
    files.hook(
        (operation, file) -> {
          if (List.of("read", "fsync").contains(operation) && !file.toString().contains(".ml4t")) {
            looks.add(operation + " " + file.getFileName());
          }
        });
  }

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root).files(files).clock(clock);
  }

  @ParameterizedTest
  @CsvSource({"parquet,LINK", "parquet,COPY", "json,LINK"})
  void bytes_that_a_power_cut_has_lost_are_published_again(String kind, PlainViewMode mode)
      throws IOException {
    Path file = file(AAPL.key(), kind);
    byte[] expected = Files.readAllBytes(file);
    blank(file);

    try (FileSystemStorage store = builder().plainView(mode).build()) {
      store.flush().join();

      assertThat(file).hasBinaryContent(expected);
      assertThat(store.maintenance().verify().join().problems()).isEmpty();
    }
  }

  @Test
  void a_copy_of_a_large_frame_is_looked_into_and_a_link_to_it_is_left_to_its_object()
      throws IOException {
    DataObject large = Bars.of("LARGE", 1_000, 3);
    Path file = file(large.key(), "parquet");
    try (FileSystemStorage store = builder().inlineLimit(0).plainView(PlainViewMode.COPY).build()) {
      store.blocking().write(large);
    }
    byte[] expected = Files.readAllBytes(file);
    blank(file);
    try (FileSystemStorage store = builder().inlineLimit(0).plainView(PlainViewMode.LINK).build()) {
      store.flush().join();
      assertThat(file).hasBinaryContent(expected);
    }
    clock.advance(Duration.ofHours(1));
    looks.clear();
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(looks).contains("fsync LARGE.json").doesNotContain("fsync LARGE.parquet");
    }
  }

  @Test
  void a_sidecar_that_another_program_has_changed_stays_as_it_is() throws IOException {
    Path sidecar = file(AAPL.key(), "json");
    String changed = Files.readString(sidecar).replace("{", "{\"reviewed\":true,");
    Files.writeString(sidecar, changed);

    try (FileSystemStorage store = builder().build()) {
      store.flush().join();

      assertThat(sidecar).hasContent(changed);
    }
  }

  @Test
  void files_that_are_being_deleted_are_not_taken_for_lost_ones() {
    Gate deletion = new Gate();
    CompletableFuture<CompletableFuture<Boolean>> deleted = new CompletableFuture<>();
    Queue<StorageKey> published = new ConcurrentLinkedQueue<>();
    StorageListener listener =
        new StorageListener() {
          @Override
          public void published(StorageKey key, Duration took) {
            published.add(key);
          }
        };
    try (FileSystemStorage other =
        FileSystemStorage.builder(root).files(deletion.files()).clock(clock).build()) {
      other.flush().join();
      deletion.shut("delete", file(AAPL.key(), "parquet")::equals);
      files.hook(
          (operation, file) -> {
            if (operation.equals("read") && file.endsWith("AAPL.parquet")) {
              deleted.complete(other.delete(AAPL.key()));
              deletion.awaitHeld(); // The sidecar is gone, and the frame is there.
            } else if (operation.equals("read") && file.endsWith("MSFT.parquet")) {
              deletion.open();
            }
          });
      try (FileSystemStorage store = builder().listener(listener).build()) {
        store.flush().join();
      }
      assertThat(deleted).isDone();
      assertThat(deleted.join().join()).isTrue();
    }
    assertThat(published).isEmpty();
    assertThat(file(AAPL.key(), "parquet")).doesNotExist();
  }

  @Test
  void files_of_old_commits_are_synced_at_one_opening_and_not_looked_into_at_the_next() {
    clock.advance(Duration.ofHours(1));
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(looks)
          .containsExactlyInAnyOrder(
              "read AAPL.parquet",
              "read AAPL.json",
              "fsync AAPL.parquet",
              "fsync AAPL.json",
              "read MSFT.parquet",
              "read MSFT.json",
              "fsync MSFT.parquet",
              "fsync MSFT.json");
      store.blocking().write(Bars.of("AAPL", 41, 3));
    }
    looks.clear();
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(looks).containsExactlyInAnyOrder("read AAPL.parquet", "read AAPL.json");
    }
  }

  @Test
  void files_that_are_made_long_after_their_commit_are_synced_at_once() throws IOException {
    clock.advance(Duration.ofHours(1));
    Files.delete(file(AAPL.key(), "parquet"));
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(file(AAPL.key(), "parquet")).exists();
    }
    looks.clear();
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
      assertThat(looks).isEmpty();
    }
  }

  @Test
  void a_frame_that_is_made_late_is_named_once_its_sidecar_is_durable() throws IOException {
    clock.advance(Duration.ofHours(1));
    Files.delete(file(AAPL.key(), "parquet"));
    Queue<String> steps = new ConcurrentLinkedQueue<>();
    files.hook(
        (operation, file) -> {
          if (operation.equals("rename") && file.toString().contains("AAPL")) {
            steps.add("rename " + file.getFileName());
          } else if (operation.equals("fsyncdir") && file.endsWith("equities/daily")) {
            steps.add("fsyncdir");
          }
        });
    try (FileSystemStorage store = builder().build()) {
      store.flush().join();
    }
    assertThat(steps).containsSubsequence("rename AAPL.json", "fsyncdir", "rename AAPL.parquet");
  }

  private Path file(StorageKey key, String extension) {
    return root.resolve(key + "." + extension);
  }

  private static void blank(Path file) throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    Files.write(file, new byte[(int) Files.size(file)]);
    Files.setLastModifiedTime(file, modified);
  }
}
