package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.AsyncTransaction;
import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left when a caller goes away, or the store does. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class CancellationTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path root;
  private final Gate gate = new Gate();

  private FileSystemStorage open(Duration closeTimeout) {
    return FileSystemStorage.builder(root)
        .files(gate.files())
        .inFlight(1)
        .bytesInFlight(1)
        .inlineLimit(0)
        .readCache(0)
        .lockTimeout(LONG)
        .closeTimeout(closeTimeout)
        .build();
  }

  private static CompletableFuture<Version> write(FileSystemStorage store, StorageKey key) {
    return store.put(Bars.of(key, 1, 1), WriteOptions.defaults());
  }

  private void assertNothingLeft(FileSystemStorage store) throws IOException {
    assertThat(store.locks()).isEmpty();
    assertThat(store.status().load()).isEqualTo(new StorageStatus.Load(0, 0, 0, 0));
    try (Stream<Path> staged = Files.list(root.resolve(".ml4t/staging"))) {
      assertThat(staged).isEmpty();
    }
  }

  @Test
  void a_call_that_is_cancelled_in_line_is_never_begun_and_its_frame_is_let_go_at_once()
      throws IOException {
    try (FileSystemStorage store = open(LONG)) {
      gate.shut("create");
      CompletableFuture<Version> first = write(store, AAPL);
      CompletableFuture<StorageKey> second = store.write(Bars.of(MSFT, 1, 1));

      second.cancel(true);

      assertThat(store.status().load().waiting()).isZero();
      gate.open();
      first.join();
      assertThat(store.listKeys().join()).containsExactly(AAPL);
      assertNothingLeft(store);
    }
  }

  @Test
  void a_write_that_is_cancelled_or_times_out_after_it_has_begun_is_whole_and_leaves_nothing()
      throws IOException {
    try (FileSystemStorage store = open(LONG)) {
      gate.shut("fsync");
      CompletableFuture<Version> write = write(store, AAPL);
      gate.awaitHeld();
      CompletableFuture<StorageKey> late =
          store.append(Bars.of(MSFT, 1, 1)).orTimeout(1, TimeUnit.MILLISECONDS);

      write.cancel(true);
      assertThatThrownBy(late::join).hasCauseInstanceOf(TimeoutException.class);
      gate.open();

      assertThat(write(store, MSFT).join().sequence()).isEqualTo(2);
      assertThat(store.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 1, 1));
      assertNothingLeft(store);
    }
  }

  @Test
  void a_batch_or_an_append_that_fails_leaves_no_staged_file() throws IOException {
    try (FileSystemStorage store = open(LONG)) {
      gate.files()
          .hook(
              (operation, file) -> {
                if (operation.equals("link") && file.toString().contains("log")) {
                  throw new IOException("disk full");
                }
              });

      assertThatThrownBy(store.writeAll(List.of(Bars.of(AAPL, 1, 1), Bars.of(MSFT, 1, 1)))::join)
          .hasRootCauseMessage("disk full");
      assertThatThrownBy(store.append(Bars.of(AAPL, 1, 1))::join).hasRootCauseMessage("disk full");
      assertThatThrownBy(store.withLock(AAPL, locked -> locked.write(Bars.of(AAPL, 1, 1)))::join)
          .hasRootCauseMessage("disk full");

      assertNothingLeft(store);
      try (Stream<Path> objects = Files.list(root.resolve(".ml4t/objects"))) {
        assertThat(objects).isEmpty();
      }
    }
  }

  @Test
  void a_key_stays_locked_until_the_last_step_that_its_callback_has_begun_is_over()
      throws IOException {
    try (FileSystemStorage store = open(LONG)) {
      gate.shut("create");
      CompletableFuture<Void> gaveUp = new CompletableFuture<>();
      CompletableFuture<Version> result =
          store.withLockAsync(
              AAPL,
              locked -> {
                CompletableFuture<Version> write = locked.write(Bars.of(AAPL, 1, 1));
                gate.awaitHeld();
                write.cancel(true);
                return write.whenComplete((version, error) -> gaveUp.complete(null));
              });
      gaveUp.join();

      assertThat(store.exists(MSFT).join()).isFalse();
      assertThat(store.locks()).hasSize(1);
      assertThat(result).isNotDone();
      gate.open();

      assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
      assertThat(store.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 1, 1));
      assertNothingLeft(store);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "read"})
  void rolling_back_does_not_wait_for_a_step_or_a_commit_that_is_under_way(String operation)
      throws IOException {
    try (FileSystemStorage store = open(LONG)) {
      write(store, AAPL).join();
      AsyncTransaction transaction = store.begin().join();
      transaction.write(Bars.of(MSFT, 1, 1)).join();
      gate.shut(operation);
      CompletableFuture<?> held =
          operation.equals("create")
              ? transaction.commit()
              : transaction.append(Bars.of(AAPL, 2, 2));
      gate.awaitHeld();

      CompletableFuture.runAsync(transaction::rollback).join();

      assertThat(held).isNotDone();
      gate.open();
      boolean committed = held.handle((done, error) -> error == null).join();
      assertThat(store.exists(MSFT).join()).isEqualTo(committed);
      assertThat(committed).isEqualTo(operation.equals("create"));
      assertNothingLeft(store);
    }
  }

  @Test
  void an_interrupted_caller_is_free_at_once_and_its_write_is_made() throws Exception {
    try (FileSystemStorage store = open(LONG)) {
      gate.shut("create");
      CompletableFuture<Throwable> seen = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  store.blocking().write(Bars.of(AAPL, 1, 1));
                } catch (StorageException e) {
                  seen.complete(Thread.currentThread().isInterrupted() ? e : null);
                }
              });
      caller.start();
      gate.awaitHeld();

      caller.interrupt();

      assertThat(seen.join()).hasMessageContaining("interrupted; the operation goes on");
      gate.open();
      caller.join();
      write(store, MSFT).join();
      assertThat(store.exists(AAPL).join()).isTrue();
      assertNothingLeft(store);
    }
  }

  @Test
  void closing_takes_nothing_new_and_waits_for_what_was_taken() {
    FileSystemStorage store = open(LONG);
    gate.shut("create");
    CompletableFuture<Version> running = write(store, AAPL);
    CompletableFuture<Version> waiting = write(store, MSFT);
    CompletableFuture<DataObject> inCallback =
        store.withLock(
            StorageKey.of("a", "b", "c"),
            locked -> {
              locked.write(Bars.of(locked.key(), 3, 3));
              return locked.read();
            });
    gate.awaitHeld();
    Thread closer = new Thread(store::close);
    closer.start();

    while (!(store.exists(AAPL).handle((is, error) -> error).join()
        instanceof StorageClosedException)) {
      Thread.onSpinWait();
    }
    assertThat(running).isNotDone();
    gate.open();

    assertThat(waiting.join().sequence()).isPositive();
    assertThat(inCallback.join().data().rowCount()).isEqualTo(3);
    assertThat(running.join().sequence()).isPositive();
    assertThat(store.status().abandoned()).isEmpty();
  }

  @Test
  void closing_waits_no_longer_than_it_may_and_says_what_it_abandoned() throws Exception {
    FileSystemStorage store = open(Duration.ofMillis(20));
    store.flush().join();
    gate.shut("create");
    CompletableFuture<Version> running = write(store, AAPL);
    CompletableFuture<StorageKey> waiting = store.append(Bars.of(MSFT, 1, 1));
    gate.awaitHeld();

    store.close();

    assertThat(store.status().abandoned()).containsExactly("append", "write");
    assertThatThrownBy(running::join)
        .hasCauseInstanceOf(StorageClosedException.class)
        .hasMessageContaining("Cannot wait for 'write'");
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(StorageClosedException.class);
    gate.open();
    while (store.status().load().running() > 0) {
      Thread.onSpinWait();
    }
    assertThat(store.locks()).isEmpty();
    try (FileSystemStorage again = FileSystemStorage.builder(root).build()) {
      assertThat(again.exists(MSFT).join()).as("it had not begun").isFalse();
      assertThat(again.maintenance().verify().join().problems()).isEmpty();
      again.blocking().write(Bars.of(AAPL, 2, 2));
      again.blocking().write(Bars.of(MSFT, 2, 2));
    }
  }

  @ParameterizedTest
  @EnumSource(PublishMode.class)
  void a_commit_that_is_abandoned_on_its_way_is_whole_when_it_is_made(PublishMode publish) {
    FileSystemStorage store =
        FileSystemStorage.builder(root)
            .files(gate.files())
            .inlineLimit(0)
            .publish(publish)
            .closeTimeout(Duration.ofMillis(20))
            .build();
    store.flush().join();
    gate.shut("fsyncdir", root.resolve(".ml4t/log")::equals);
    CompletableFuture<Version> write = write(store, AAPL);
    gate.awaitHeld();

    store.close();
    gate.files()
        .hook(
            (operation, file) -> {
              if (operation.equals("rename") && file.endsWith("AAPL.json")) {
                throw new IOException("disk full");
              }
            });
    gate.open();
    while (store.status().load().running() > 0) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(write::join).hasCauseInstanceOf(StorageClosedException.class);
    try (FileSystemStorage again = FileSystemStorage.builder(root).build()) {
      assertThat(again.read(AAPL).join()).isEqualTo(Bars.of(AAPL, 1, 1));
      again.flush().join();
      assertThat(again.maintenance().verify().join().problems()).isEmpty();
    }
  }

  @Test
  void the_result_of_a_step_is_there_once_the_key_is_let_go() {
    try (FileSystemStorage store = open(LONG)) {
      gate.shut("create");
      AtomicReference<CompletableFuture<Version>> step = new AtomicReference<>();
      CompletableFuture<Version> version =
          store
              .withLockAsync(
                  AAPL,
                  locked -> {
                    step.set(locked.write(Bars.of(AAPL, 1, 1)));
                    return CompletableFuture.completedFuture("over");
                  })
              .thenApply(over -> step.get().join());
      gate.awaitHeld();
      gate.open();

      assertThat(version.join().sequence()).isPositive();
    }
  }

  @Test
  void closing_ends_at_once_where_the_closer_is_interrupted() {
    FileSystemStorage store = open(LONG);
    gate.shut("create");
    CompletableFuture<Version> running = write(store, AAPL);
    gate.awaitHeld();

    Thread.currentThread().interrupt();
    store.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(running::join).hasCauseInstanceOf(StorageClosedException.class);
    gate.open();
  }
}
