package io.ml4t.storage.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.filesystem.FileSystemStorageBuilder;
import io.ml4t.storage.filesystem.PublishMode;
import io.ml4t.storage.lock.KeyLocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store tells its listener. */
class StorageListenerTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");

  @TempDir Path root;

  private final RecordingListener heard = new RecordingListener();

  private FileSystemStorageBuilder store() {
    return FileSystemStorage.builder(root).listener(heard);
  }

  @Test
  void an_operation_is_heard_on_its_callers_thread_and_ends_before_its_future() {
    try (FileSystemStorage storage = store().build()) {
      storage.write(Bars.of("AAPL", 3, 100)).join();
      assertThat(heard.operations).containsExactly("write equities/daily/AAPL 3 rows");
      assertThat(heard.callers).containsExactly(Thread.currentThread());
      assertThat(heard.outcomes).containsExactly(new OperationOutcome(0, null));
    }
  }

  @Test
  void a_read_tells_the_rows_that_it_gives_back() {
    try (FileSystemStorage storage = store().build()) {
      storage.write(Bars.of("AAPL", 3, 100)).join();
      storage.readAll(List.of(AAPL, AAPL)).join();
      assertThat(heard.outcomes.get(heard.outcomes.size() - 1).rows()).isEqualTo(6);
    }
  }

  @Test
  void an_error_is_heard_as_its_caller_sees_it() {
    try (FileSystemStorage storage = store().build()) {
      CompletableFuture<?> read = storage.read(AAPL);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(read::join)
          .withCauseInstanceOf(KeyNotFoundException.class)
          .satisfies(error -> assertThat(heard.outcomes.get(0).error()).isSameAs(error.getCause()));
    }
  }

  @Test
  void an_operation_on_a_closed_store_ends_too() {
    FileSystemStorage storage = store().build();
    storage.close();
    storage.exists(AAPL);
    assertThat(heard.outcomes)
        .extracting(OperationOutcome::error)
        .hasExactlyElementsOfTypes(StorageClosedException.class);
  }

  @Test
  void an_operation_that_is_cancelled_before_it_begins_ends_cancelled() {
    try (FileSystemStorage storage = store().build()) {
      // As many operations as there are threads on any JVM, so that the last ones have to wait.
      List<CompletableFuture<?>> reads =
          IntStream.range(0, 2_000)
              .<CompletableFuture<?>>mapToObj(n -> storage.exists(AAPL))
              .toList();
      reads.forEach(read -> read.cancel(false));
    }
    assertThat(heard.outcomes).hasSize(2_000);
    assertThat(heard.outcomes)
        .extracting(OperationOutcome::error)
        .allMatch(error -> error == null || error instanceof CancellationException);
  }

  @Test
  void frames_and_commits_tell_their_rows_and_bytes() {
    try (FileSystemStorage storage = store().build()) {
      storage.write(Bars.of("AAPL", 3, 100)).join();
      long bytes = storage.versions(AAPL).join().get(0).bytes();
      storage.read(AAPL).join();
      assertThat(heard.frames).containsExactly("written 3 " + bytes, "read 3 " + bytes);
      assertThat(heard.commits)
          .singleElement()
          .satisfies(
              commit -> {
                assertThat(commit.sequence()).isEqualTo(storage.status().headSequence());
                assertThat(commit.commits()).isEqualTo(1);
                assertThat(commit.changes()).isEqualTo(1);
                assertThat(commit.bytes()).isEqualTo(bytes);
                assertThat(commit.took()).isPositive();
              });
    }
  }

  @Test
  void locks_are_heard_when_granted_and_when_given_up() {
    try (FileSystemStorage storage = store().build()) {
      storage.write(Bars.of("AAPL", 3, 100)).join();
    }
    assertThat(heard.locks).containsExactly("granted write 1", "released write 1");
  }

  @Test
  void a_lock_that_another_holds_is_heard_as_refused_and_tried_again() {
    try (FileSystemStorage storage =
            store()
                .lockTimeout(Duration.ZERO)
                .retry(2, Duration.ofMillis(1), Duration.ofMillis(1))
                .build();
        KeyLocks other = KeyLocks.file(root.resolve(".ml4t/locks"), Runnable::run)) {
      other.acquire(List.of(AAPL), Duration.ZERO, "test").join();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> storage.write(Bars.of("AAPL", 3, 100)).join())
          .withCauseInstanceOf(LockAcquisitionException.class);
    }
    assertThat(heard.locks).containsExactly("refused write 1", "refused write 1");
    assertThat(heard.retries).containsExactly("lock 1 LockAcquisitionException");
  }

  @Test
  void the_plain_view_tells_what_it_shows_and_what_it_cannot() throws Exception {
    try (FileSystemStorage storage = store().publish(PublishMode.BEHIND).build()) {
      Path inTheWay = root.resolve("equities/daily/AAPL.json/folder");
      Files.createDirectories(inTheWay);
      storage.write(Bars.of("AAPL", 3, 100)).join();
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> storage.flush().join())
          .withCauseInstanceOf(StorageException.class);
      assertThat(heard.publications).isNotEmpty().containsOnly("failed equities/daily/AAPL");
      Files.delete(inTheWay);
      Files.delete(inTheWay.getParent());
      storage.flush().join();
      assertThat(heard.publications).last().isEqualTo("published equities/daily/AAPL");
    }
  }

  @Test
  void a_list_of_a_callback_that_cannot_be_read_counts_no_rows_and_reaches_the_caller() {
    List<Object> lazy =
        new AbstractList<>() {
          @Override
          public Object get(int i) {
            throw new IllegalStateException("no session");
          }

          @Override
          public int size() {
            return 1;
          }
        };

    try (FileSystemStorage storage = store().build()) {
      assertThat(storage.transaction(tx -> lazy).orTimeout(1, TimeUnit.MINUTES).join())
          .isSameAs(lazy);
      assertThat(heard.outcomes).containsExactly(new OperationOutcome(0, null));
    }
  }

  @Test
  void a_listener_that_throws_harms_nothing() {
    StorageListener broken = new BrokenListener();
    try (FileSystemStorage storage = FileSystemStorage.builder(root).listener(broken).build()) {
      storage.write(Bars.of("AAPL", 3, 100)).join();
      assertThat(storage.read(AAPL).join()).isEqualTo(Bars.of("AAPL", 3, 100));
      assertThat(storage.locks()).isEmpty();
      assertThat(storage.status().plainViewLag()).isZero();
    }
  }
}
