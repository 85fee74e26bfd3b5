package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks can rely on while they hold a key, in every store. */
public abstract class LockedKeyContract {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;
  protected AsyncStorage async;
  private Storage storage;

  /** An empty store that waits so long for a lock, once. */
  protected abstract AsyncStorage open(Path root, Duration lockTimeout);

  @BeforeEach
  void openStore() {
    async = open(root, Duration.ofMinutes(1));
    storage = new BlockingStorage(async);
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  @Test
  void a_callback_reads_and_changes_the_key_that_it_holds() {
    String result =
        storage.withLock(
            AAPL,
            locked -> {
              assertThat(locked.key()).isEqualTo(AAPL);
              assertThat(locked.exists()).isFalse();
              assertThat(locked.delete()).isFalse();
              assertThatThrownBy(locked::read).isInstanceOf(KeyNotFoundException.class);
              Version version = locked.append(Bars.of("AAPL", 2, 1));
              assertThat(storage.versions(AAPL)).containsExactly(version);
              locked.append(Bars.of("AAPL", 3, 5));
              assertThat(locked.read()).isEqualTo(Bars.of("AAPL", 3, 5));
              locked.write(Bars.of("AAPL", 1, 1));
              assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
              assertThat(locked.delete()).isTrue();
              assertThat(locked.exists()).isFalse();
              return "done";
            });

    assertThat(result).isEqualTo("done");
    storage.write(Bars.of("AAPL", 4, 4));
  }

  private void reopen(Duration lockTimeout) {
    storage.close();
    async = open(root, lockTimeout);
    storage = new BlockingStorage(async);
  }

  @Test
  void a_callback_that_does_not_block_holds_the_key_until_its_future_completes() {
    reopen(Duration.ofMillis(100));
    CompletableFuture<Void> go = new CompletableFuture<>();
    CompletableFuture<AsyncLockedKey> holding = new CompletableFuture<>();
    CompletableFuture<Version> result =
        async.withLockAsync(
            AAPL,
            locked -> {
              holding.complete(locked);
              return go.thenCompose(done -> locked.write(Bars.of("AAPL", 1, 1)));
            });

    assertThat(holding.join().exists().join()).isFalse();
    assertThatThrownBy(() -> storage.write(Bars.of("AAPL", 2, 2)))
        .isInstanceOf(LockAcquisitionException.class);
    go.complete(null);

    Version version = result.join();
    assertThat(storage.versions(AAPL)).containsExactly(version);
    assertThat(holding.join().blocking().key()).isEqualTo(AAPL);
    storage.write(Bars.of("AAPL", 2, 2));
  }

  @Test
  void a_callback_that_changes_its_key_through_the_store_is_told_so() {
    reopen(Duration.ofMillis(100));
    storage.withLock(
        AAPL,
        locked -> {
          assertHeld(() -> storage.write(Bars.of("AAPL", 1, 1)));
          assertHeld(() -> storage.append(Bars.of("AAPL", 1, 1)));
          assertHeld(() -> storage.writeAll(List.of(Bars.of("X", 1, 1), Bars.of("AAPL", 1, 1))));
          assertHeld(() -> storage.withLock(AAPL, again -> again.write(Bars.of("AAPL", 1, 1))));
          assertHeld(() -> storage.transaction(tx -> tx.write(Bars.of("AAPL", 1, 1))));
          return storage.write(Bars.of("MSFT", 1, 1));
        });
    assertThat(storage.listKeys()).containsExactly(MSFT);
  }

  private static void assertHeld(Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfAny(IllegalStateException.class, LockAcquisitionException.class)
        .hasMessageContaining("equities/daily/AAPL");
  }

  @Test
  void data_of_another_key_is_refused() {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.withLock(AAPL, locked -> locked.write(Bars.of("MSFT", 1, 1))))
        .withMessageContaining("the data belongs to equities/daily/MSFT");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.withLock(AAPL, locked -> locked.append(Bars.of("MSFT", 1, 1))));
    assertThat(storage.listKeys()).isEmpty();
  }

  @Test
  void a_locked_key_is_of_no_use_after_its_callback() {
    AtomicReference<LockedKey> leaked = new AtomicReference<>();
    storage.withLock(AAPL, locked -> leaked.getAndSet(locked));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> leaked.get().write(Bars.of("AAPL", 1, 1)))
        .withMessageContaining("its callback has ended");
  }

  @Test
  void a_callback_that_fails_lets_the_key_go_and_its_error_is_the_caller_s() {
    assertThatThrownBy(
            () ->
                storage.withLock(
                    AAPL,
                    locked -> {
                      locked.write(Bars.of("AAPL", 1, 1));
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThatThrownBy(
            () ->
                async
                    .withLockAsync(
                        AAPL, locked -> CompletableFuture.failedFuture(new Exception("no")))
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("no");
    assertThatThrownBy(
            () ->
                async
                    .withLockAsync(
                        AAPL,
                        locked -> {
                          throw new IllegalArgumentException("at once");
                        })
                    .join())
        .hasRootCauseMessage("at once");

    assertThat(storage.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
    storage.write(Bars.of("AAPL", 2, 2));
  }

  @Test
  void callbacks_of_one_key_run_one_at_a_time() {
    AtomicInteger inside = new AtomicInteger();
    List<CompletableFuture<Integer>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    async.withLock(
                        AAPL,
                        locked -> {
                          assertThat(inside.incrementAndGet()).isEqualTo(1);
                          int rows = locked.exists() ? locked.read().data().rowCount() : 0;
                          locked.write(Bars.of("AAPL", rows + 1, 1));
                          inside.decrementAndGet();
                          return rows;
                        }))
            .toList();

    all.forEach(CompletableFuture::join);
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(20);
  }
}
