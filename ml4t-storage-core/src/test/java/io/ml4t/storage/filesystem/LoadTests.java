package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ml4t.storage.Bars;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.StorageOverloadedException;
import io.ml4t.storage.Version;
import io.ml4t.storage.WriteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls when there is more to do than the store takes on. */
class LoadTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path root;
  private final Gate gate = new Gate();

  private FileSystemStorage open(int operations, int waiting, Duration wait) {
    return FileSystemStorage.builder(root)
        .files(gate.files())
        .inFlight(operations)
        .bytesInFlight(1L << 30)
        .queue(waiting, wait)
        .build();
  }

  private static CompletableFuture<Version> write(FileSystemStorage store, String symbol) {
    return store.put(Bars.of(symbol, 1, 1), WriteOptions.defaults());
  }

  @Test
  void a_call_beyond_the_room_completes_later_and_one_beyond_the_line_fails() {
    try (FileSystemStorage store = open(1, 1, LONG)) {
      gate.shut("create");
      CompletableFuture<Version> first = write(store, "A");
      CompletableFuture<Version> second = write(store, "B");
      CompletableFuture<Version> third = write(store, "C");

      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(third::join)
          .withCauseInstanceOf(StorageOverloadedException.class)
          .withMessageContaining("Cannot take on 'write'");
      assertThat(store.status().load().running()).isEqualTo(1);
      assertThat(store.status().load().waiting()).isEqualTo(1);
      assertThat(store.status().load().waitingBytes()).isEqualTo(48);
      gate.open();

      assertThat(second.join().sequence()).isGreaterThan(first.join().sequence());
      assertThat(store.exists(AAPL).join()).isFalse();
      assertThat(store.listKeys().join()).hasSize(2);
    }
  }

  @Test
  void a_call_that_has_waited_for_too_long_fails_and_was_not_begun() {
    try (FileSystemStorage store = open(1, 10, Duration.ofMillis(20))) {
      gate.shut("create");
      CompletableFuture<Version> first = write(store, "A");

      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(write(store, "B")::join)
          .withCauseInstanceOf(StorageOverloadedException.class);
      gate.open();
      first.join();

      assertThat(store.listKeys().join()).hasSize(1);
    }
  }

  @Test
  void reads_do_not_wait_for_writes_that_take_all_their_room() {
    try (FileSystemStorage store = open(1, 10, LONG)) {
      write(store, "AAPL").join();
      gate.shut("create");
      CompletableFuture<Version> writing = write(store, "A");
      CompletableFuture<Version> waiting = write(store, "B");

      assertThat(store.read(AAPL).join()).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(store.stream(List.of(AAPL))).isNotNull();
      gate.open();
      CompletableFuture.allOf(writing, waiting).join();
    }
  }

  @Test
  void what_a_callback_asks_for_does_not_wait_for_the_room_that_the_callback_takes() {
    try (FileSystemStorage store = open(1, 100, LONG)) {
      Storage blocking = store.blocking();
      List<CompletableFuture<StorageKey>> nested =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      store.transaction(
                          outer -> {
                            outer.write(Bars.of("OUTER" + i, 1, 1));
                            blocking.withLock(
                                StorageKey.of("a", "b", "L" + i), locked -> locked.exists());
                            return blocking.transaction(
                                inner -> {
                                  blocking.write(Bars.of("DEEP" + i, 1, 1));
                                  return inner.write(Bars.of("INNER" + i, 1, 1));
                                });
                          }))
              .toList();

      nested.forEach(CompletableFuture::join);
      assertThat(blocking.listKeys()).hasSize(60);
    }
  }

  @Test
  void steps_of_transactions_and_locked_keys_that_do_not_block_need_no_room() {
    try (FileSystemStorage store = open(1, 100, LONG)) {
      List<CompletableFuture<?>> all =
          IntStream.range(0, 20)
              .<CompletableFuture<?>>mapToObj(
                  i ->
                      i % 2 == 0
                          ? store.transactionAsync(
                              tx ->
                                  tx.write(Bars.of("T" + i, 1, 1))
                                      .thenCompose(key -> tx.append(Bars.of("T" + i, 2, 1)))
                                      .thenCompose(tx::read))
                          : store.withLockAsync(
                              StorageKey.of("equities", "daily", "L" + i),
                              locked ->
                                  locked
                                      .write(Bars.of("L" + i, 1, 1))
                                      .thenCompose(version -> locked.append(Bars.of("L" + i, 2, 1)))
                                      .thenCompose(version -> locked.read())))
              .toList();

      all.forEach(CompletableFuture::join);
      assertThat(store.listKeys().join()).hasSize(20);
    }
  }

  @Test
  void the_store_s_own_work_needs_no_room() {
    try (FileSystemStorage store =
        FileSystemStorage.builder(root)
            .inFlight(1)
            .bytesInFlight(1L << 20)
            .queue(1_000, LONG)
            .checkpointInterval(1)
            .publish(PublishMode.BEHIND)
            .build()) {
      CompletableFuture.allOf(
              IntStream.range(0, 100)
                  .mapToObj(i -> store.append(Bars.of("S" + i % 7, 1 + i, 1)))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      store.flush().join();

      assertThat(store.status().plainViewLag()).isZero();
      assertThat(store.status().load()).isEqualTo(new StorageStatus.Load(0, 0, 0, 0));
      assertThat(store.listKeys().join()).hasSize(7);
    }
  }
}
