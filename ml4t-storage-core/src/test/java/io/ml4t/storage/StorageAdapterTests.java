package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ml4t.storage.frame.Bar;
import io.ml4t.storage.frame.DataFrame;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The blocking and non-blocking twins of a store, each made from the other. */
class StorageAdapterTests {
  private static final StorageKey KEY = StorageKey.of("equities", "daily", "AAPL");
  private static final DataObject AAPL =
      new DataObject(
          DataFrame.of(List.of(new Bar(Instant.EPOCH, 1, 2, 0.5, 1.5, 100))),
          Metadata.builder("equities", "daily", "AAPL").build());

  private final MapStorage storage = new MapStorage();

  /** Runs every read in a thread of its own. */
  private static Storage reading(Supplier<DataObject> read) {
    return new BlockingStorage(
        new ExecutorStorage(
            new MapStorage() {
              @Override
              public DataObject read(StorageKey key, ReadOptions options) {
                return read.get();
              }
            },
            command -> new Thread(command, "worker").start()));
  }

  @Test
  void every_operation_passes_through_both_twins() {
    try (Storage twin = new BlockingStorage(AsyncStorage.of(storage, Runnable::run))) {
      assertThat(twin.put(AAPL, WriteOptions.defaults()).sequence()).isEqualTo(1);
      assertThat(twin.write(AAPL)).isEqualTo(KEY);
      assertThat(twin.update(KEY, AAPL)).isEqualTo(KEY);
      assertThat(twin.read("equities/daily/AAPL")).isEqualTo(AAPL);
      assertThat(twin.read(KEY, ReadOptions.defaults())).isEqualTo(AAPL);
      assertThat(twin.readAll(List.of(KEY, KEY))).containsExactly(AAPL, AAPL);
      assertThat(twin.exists("equities/daily/AAPL")).isTrue();
      assertThat(twin.listKeys()).containsExactly(KEY);
      assertThat(twin.listKeys("crypto")).isEmpty();
      assertThat(twin.versions(KEY)).isEmpty();
      assertThat(twin.writeAll(List.of(AAPL))).containsExactly(KEY);
      assertThat(twin.writeEach(List.of(AAPL))).singleElement().matches(WriteOutcome::isWritten);
      assertThat(twin.deleteAll(List.of(KEY))).containsExactly(KEY);
      assertThat(twin.write(AAPL)).isEqualTo(KEY);
      assertThat(twin.delete("equities/daily/AAPL")).isTrue();
      assertThat(twin.exists(KEY)).isFalse();
    }
    assertThatExceptionOfType(StorageClosedException.class).isThrownBy(() -> storage.read(KEY));
  }

  @Test
  void what_a_store_cannot_do_is_told_by_name() {
    AsyncStorage async = AsyncStorage.of(storage, Runnable::run);

    assertThatThrownBy(() -> async.withLock(KEY, LockedKey::read).join())
        .hasRootCauseInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("MapStorage has no locks");
    assertThatThrownBy(() -> async.withLockAsync(KEY, AsyncLockedKey::read).join())
        .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> storage.stream(List.of(KEY)))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void each_write_that_fails_is_an_outcome_of_its_own() {
    DataObject refused = new DataObject(AAPL.data(), Metadata.builder("a", "b", "c").build());
    Storage picky =
        new MapStorage() {
          @Override
          public Version put(DataObject data, WriteOptions options) {
            if (data.equals(refused)) {
              throw new StorageException("no");
            }
            return super.put(data, options);
          }
        };

    assertThat(picky.writeEach(List.of(refused, AAPL)))
        .satisfiesExactly(
            first -> assertThat(first.error()).hasMessage("no"),
            second -> assertThat(second.isWritten()).isTrue());
  }

  @Test
  void the_twin_of_a_twin_is_the_store_itself() {
    AsyncStorage async = storage.async(Runnable::run);

    assertThat(async.blocking()).isSameAs(storage);
    assertThat(new BlockingStorage(async).async(Runnable::run)).isSameAs(async);
  }

  @Test
  void a_future_fails_with_the_error_itself_as_its_cause() {
    assertThatThrownBy(() -> storage.async(Runnable::run).read(KEY).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void a_blocking_call_throws_the_error_itself_with_the_frames_of_both_threads() {
    KeyNotFoundException error = new KeyNotFoundException("read", KEY);
    Storage failing =
        reading(
            () -> {
              throw error;
            });

    KeyNotFoundException thrown =
        catchThrowableOfType(KeyNotFoundException.class, () -> failing.read(KEY));

    assertThat(thrown).isSameAs(error);
    assertThat(Arrays.stream(thrown.getStackTrace()).map(StackTraceElement::getMethodName))
        .containsSubsequence(
            "a_blocking_call_throws_the_error_itself_with_the_frames_of_both_threads", "read");
    assertThat(thrown.getStackTrace())
        .anyMatch(
            at ->
                at.getClassName().equals(BlockingStorage.class.getName())
                    && at.getMethodName().equals("read"));
  }

  @Test
  void an_error_that_several_callers_share_does_not_grow() {
    KeyNotFoundException error = new KeyNotFoundException("read", KEY);
    Storage failing =
        reading(
            () -> {
              throw error;
            });

    int frames = frames(failing);

    assertThat(frames(failing)).isEqualTo(frames);
  }

  private static int frames(Storage failing) {
    return catchThrowableOfType(StorageException.class, () -> failing.read(KEY))
        .getStackTrace()
        .length;
  }

  @Test
  void an_unchecked_error_is_thrown_as_it_is_and_any_other_is_wrapped() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                reading(
                        () -> {
                          throw new IllegalArgumentException("bad");
                        })
                    .read(KEY))
        .withMessage("bad");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(
            () ->
                reading(
                        () -> {
                          throw new StackOverflowError("deep");
                        })
                    .read(KEY))
        .withCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void an_interrupted_caller_gets_an_error_and_keeps_its_status_while_the_operation_goes_on() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    Storage twin = new BlockingStorage(AsyncStorage.of(storage, waiting::add));

    Thread.currentThread().interrupt();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> twin.write(AAPL))
        .withMessageContaining("interrupted; the operation goes on")
        .withCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();

    waiting.remove().run();
    assertThat(storage.exists(KEY)).isTrue();
  }

  @Test
  void a_call_that_is_cancelled_before_it_begins_never_runs() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    CompletableFuture<Version> write =
        AsyncStorage.of(storage, waiting::add).put(AAPL, WriteOptions.defaults());

    assertThat(write.cancel(false)).isTrue();
    waiting.remove().run();

    assertThat(storage.exists(KEY)).isFalse();
  }

  @Test
  void a_call_that_is_cancelled_after_it_has_begun_runs_to_its_end() {
    CompletableFuture<CompletableFuture<Version>> self = new CompletableFuture<>();
    Queue<Runnable> waiting = new ArrayDeque<>();
    Storage cancelling =
        new MapStorage() {
          @Override
          public Version put(DataObject data, WriteOptions options) {
            self.join().cancel(true);
            return storage.put(data, options);
          }
        };
    CompletableFuture<Version> write =
        AsyncStorage.of(cancelling, waiting::add).put(AAPL, WriteOptions.defaults());
    self.complete(write);

    waiting.remove().run();

    assertThat(write).isCancelled();
    assertThat(storage.exists(KEY)).isTrue();
  }

  @Test
  void a_cancelled_future_is_a_typed_error_to_a_blocking_caller() {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> BlockingStorage.await(cancelled))
        .withMessage("Cannot complete operation: it was cancelled");
  }

  @Test
  void an_executor_that_is_shut_down_and_one_that_is_full_are_told_apart() {
    ExecutorService shutDown = Executors.newSingleThreadExecutor();
    shutDown.shutdown();
    Executor full =
        command -> {
          throw new RejectedExecutionException("full");
        };

    assertThatThrownBy(() -> AsyncStorage.of(storage, shutDown).exists(KEY).join())
        .hasCauseInstanceOf(StorageClosedException.class);
    assertThatThrownBy(() -> AsyncStorage.of(storage, full).exists(KEY).join())
        .cause()
        .isExactlyInstanceOf(StorageException.class)
        .hasMessage("Cannot run operation: the executor refuses more work");
  }
}
