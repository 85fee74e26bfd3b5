package io.ml4t.storage.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyLocksTests extends AbstractKeyLocksTests {
  @TempDir Path folder;

  @Override
  KeyLocks create(Executor executor) {
    return KeyLocks.file(folder.resolve("root/.ml4t/locks"), executor);
  }

  @Test
  void two_stores_on_one_file_exclude_each_other_and_wait_in_one_queue() {
    try (KeyLocks other = create(executor)) {
      Lease here = acquire(A).join();
      CompletableFuture<Lease> there = other.acquire(List.of(A), LONG, "there");
      assertThat(there).isNotDone();
      assertThat(other.locks()).hasSize(2).isEqualTo(locks.locks());
      here.close();
      there.join().close();
    }
    assertFree(A);
  }

  @Test
  void the_same_file_by_another_name_is_the_same_file() throws IOException {
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("root"));
    try (KeyLocks other = KeyLocks.file(alias.resolve(".ml4t/locks"), executor);
        Lease here = acquire(A).join()) {
      assertThat(here.isValid()).isTrue();
      assertThat(other.acquire(List.of(A), Duration.ZERO, "try")).isCompletedExceptionally();
    }
  }

  @Test
  void closing_one_store_leaves_the_leases_of_another_valid() {
    KeyLocks other = create(executor);
    Lease here = acquire(A).join();
    other.close();
    other.close();
    assertThat(here.isValid()).isTrue();
    here.close();
    assertFree(A);
  }

  @Test
  void closing_a_store_fails_only_its_own_requests() {
    KeyLocks other = create(executor);
    Lease here = acquire(A).join();
    CompletableFuture<Lease> there = other.acquire(List.of(A), LONG, "there");
    CompletableFuture<Lease> again = acquire(A);
    other.close();
    assertThat(there).isCompletedExceptionally();
    here.close();
    again.join().close();
    assertFree(A);
  }

  @Test
  void a_lock_file_that_cannot_be_opened_is_a_storage_error_and_leaves_nothing_open()
      throws IOException {
    Path blocked = folder.resolve("blocked");
    Files.createDirectory(blocked);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> KeyLocks.file(blocked, executor))
          .withMessageStartingWith("Cannot open lock file " + blocked);
    }
    Files.delete(blocked);
    try (KeyLocks opened = KeyLocks.file(blocked, executor)) {
      opened.acquire(List.of(A), Duration.ZERO, "test").join().close();
    }
  }

  @Test
  void a_symbolic_link_in_place_of_the_file_is_refused() throws IOException {
    Path target = Files.createFile(folder.resolve("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> KeyLocks.file(link, executor));
  }

  @Test
  void the_lock_file_stays_empty_and_is_never_deleted() {
    acquire(A, B).join().close();
    locks.close();
    assertThat(folder.resolve("root/.ml4t/locks")).isEmptyFile();
  }
}
