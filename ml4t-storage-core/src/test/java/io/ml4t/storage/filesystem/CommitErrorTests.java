package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.Bars;
import io.ml4t.storage.CommitStateUnknownException;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.regime.Contents;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a commit that meets with an error, before, while or after it is made. */
class CommitErrorTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;
  private final HookedFiles files = new HookedFiles();

  private FileSystemStorageBuilder builder() {
    return FileSystemStorage.builder(root).files(files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "fsync", "link"})
  void a_full_disk_leaves_the_old_version_and_no_lock(String operation) {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      files.hook(
          (done, file) -> {
            if (done.equals(operation)) {
              throw new IOException("No space left on device");
            }
          });
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> storage.write(Bars.of("AAPL", 2, 2)))
          .withMessageContaining("No space left on device");
      files.hook((done, file) -> {});

      assertThat(store.locks()).isEmpty();
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      storage.write(Bars.of("AAPL", 3, 3));
      assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 3, 3));
    }
  }

  @Test
  void an_error_of_the_jvm_after_a_commit_is_none_of_the_commit() {
    try (FileSystemStorage store = builder().inlineLimit(0).build()) {
      files.hook(
          (done, file) -> {
            if (done.equals("rename") && file.endsWith("AAPL.parquet")) {
              throw new OutOfMemoryError("Java heap space");
            }
          });
      store.blocking().write(Bars.of("AAPL", 1, 1));
      assertThat(store.status().plainViewLag()).isEqualTo(1);
      files.hook((done, file) -> {});

      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(Contents.problems(store)).isEmpty();
    }
  }

  /** As a file server may whose answer is lost, after the request or after that made again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_commit_whose_link_is_made_and_reported_as_failed_is_a_commit(boolean exists) {
    try (FileSystemStorage store = builder().inlineLimit(0).build()) {
      files.hook(
          (done, file) -> {
            if (done.equals("linked") && file.endsWith(StoreLayout.record(1))) {
              throw exists
                  ? new FileAlreadyExistsException(file.toString())
                  : new IOException("Input/output error");
            }
          });
      store.blocking().write(Bars.of("AAPL", 1, 1));
      assertThat(store.blocking().versions(AAPL)).hasSize(1);
      files.hook((done, file) -> {});
    }
    try (FileSystemStorage store = builder().build()) {
      assertThat(store.blocking().read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(Contents.problems(store)).isEmpty();
    }
  }

  @Test
  void a_folder_that_cannot_be_synced_leaves_the_commit_unknown() {
    try (FileSystemStorage store = builder().build()) {
      Storage storage = store.blocking();
      storage.write(Bars.of("AAPL", 1, 1));
      files.hook(
          (done, file) -> {
            if (done.equals("fsyncdir")) {
              throw new IOException("I/O error");
            }
          });
      assertThatThrownBy(() -> storage.write(Bars.of("AAPL", 2, 2)))
          .isInstanceOf(CommitStateUnknownException.class);
      files.hook((done, file) -> {});

      assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(2);
      storage.write(Bars.of("AAPL", 3, 3));
      assertThat(storage.versions(AAPL)).hasSize(3);
    }
  }

  @Test
  void a_commit_is_durable_before_a_checkpoint_or_a_tag_of_it() {
    List<String> steps = new CopyOnWriteArrayList<>();
    try (FileSystemStorage store = builder().build()) {
      files.hook(
          (done, file) -> {
            if (done.equals("fsyncdir") && file.endsWith("log")) {
              throw new IOException("I/O error");
            }
          });
      assertThatThrownBy(() -> store.blocking().write(Bars.of("AAPL", 1, 1)))
          .isInstanceOf(CommitStateUnknownException.class);
      files.hook((done, file) -> steps.add(done + " " + file.getFileName()));
      store.maintenance().checkpoint().join();
      store.tag("eod").join();
    }
    String checkpoint = StoreLayout.checkpoint(1).substring("checkpoints/".length());
    assertThat(steps)
        .containsSubsequence("fsyncdir log", "rename " + checkpoint, "fsyncdir log", "link eod");
  }

  @Test
  void a_plain_view_that_cannot_be_written_is_made_up_for_later() {
    try (FileSystemStorage store = builder().build()) {
      files.hook(
          (done, file) -> {
            if (done.equals("rename")) {
              throw new IOException("No space left on device");
            }
          });
      store.blocking().write(Bars.of("AAPL", 1, 1));
      assertThat(store.status().plainViewLag()).isEqualTo(1);
      assertThat(store.status().plainViewFailure()).contains("No space left");
      assertThatThrownBy(store.flush()::join)
          .hasCauseInstanceOf(StorageException.class)
          .hasMessageContaining("No space left");

      files.hook((done, file) -> {});
      store.flush().join();
      assertThat(store.status().plainViewLag()).isZero();
      assertThat(root.resolve("equities/daily/AAPL.parquet")).exists();
    }
  }
}
