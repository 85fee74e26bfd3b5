package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.StringColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the transactions of every store do. */
public abstract class TransactionContract {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;
  private Storage storage;

  /** An empty store that tries a transaction three times. */
  protected abstract Storage open(Path root);

  @BeforeEach
  void openStore() {
    storage = open(root);
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  @Test
  void all_changes_become_visible_in_one_commit() {
    storage.write(Bars.of("MSFT", 1, 1));
    long before = storage.snapshot().sequence();

    String result =
        storage.transaction(
            tx -> {
              tx.write(Bars.of("AAPL", 5, 5));
              tx.update(MSFT, Bars.of("MSFT", 6, 6));
              tx.write(Bars.of("NVDA", 7, 7));
              assertThat(storage.exists(AAPL)).isFalse();
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(storage.snapshot().sequence()).isEqualTo(before + 1);
    assertThat(storage.listKeys()).hasSize(3);
    assertThat(storage.versions(AAPL).get(0).sequence())
        .isEqualTo(storage.versions(MSFT).get(0).sequence());
  }

  @Test
  void a_transaction_sees_its_own_changes_and_no_others() {
    storage.write(Bars.of("AAPL", 1, 1));
    try (Transaction tx = storage.begin()) {
      storage.write(Bars.of("MSFT", 2, 2));
      tx.write(Bars.of("NVDA", 3, 3));

      assertThat(tx.exists(MSFT)).isFalse();
      assertThat(tx.read(AAPL)).isEqualTo(Bars.of("AAPL", 1, 1));
      assertThat(tx.listKeys("equities").stream().map(StorageKey::symbol))
          .containsExactly("AAPL", "NVDA");
      assertThat(tx.delete(AAPL)).isTrue();
      assertThat(tx.delete(AAPL)).isFalse();
      assertThatThrownBy(() -> tx.read(AAPL)).isInstanceOf(KeyNotFoundException.class);
    }
    assertThat(storage.listKeys().stream().map(StorageKey::symbol)).containsExactly("AAPL", "MSFT");
  }

  @Test
  void an_exception_rolls_back_and_reaches_the_caller() {
    storage.write(Bars.of("AAPL", 1, 1));

    assertThatThrownBy(
            () ->
                storage.transaction(
                    tx -> {
                      tx.write(Bars.of("MSFT", 1, 1));
                      tx.delete(AAPL);
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");

    assertThat(storage.listKeys()).containsExactly(AAPL);
    assertThat(storage.versions(AAPL)).hasSize(1);
  }

  @Test
  void a_change_of_what_was_read_is_a_conflict_that_names_the_key() {
    storage.write(Bars.of("AAPL", 1, 1));
    Transaction tx = storage.begin();
    tx.read(AAPL);
    tx.write(Bars.of("MSFT", 1, 1));
    storage.write(Bars.of("AAPL", 2, 2));

    assertThatExceptionOfType(CommitConflictException.class)
        .isThrownBy(tx::commit)
        .withMessageContaining("equities/daily/AAPL")
        .satisfies(e -> assertThat(e.keys()).containsExactly(AAPL));
    assertThat(storage.exists(MSFT)).isFalse();
  }

  @Test
  void write_skew_is_a_conflict() {
    Transaction first = storage.begin();
    Transaction second = storage.begin();
    assertThat(first.exists(AAPL)).isFalse();
    assertThat(second.exists(MSFT)).isFalse();
    first.write(Bars.of("MSFT", 1, 1));
    second.write(Bars.of("AAPL", 1, 1));

    first.commit();

    assertThatThrownBy(second::commit).isInstanceOf(CommitConflictException.class);
    assertThat(storage.listKeys()).containsExactly(MSFT);
  }

  @Test
  void a_new_key_under_a_listed_prefix_is_a_conflict() {
    Transaction tx = storage.begin();
    assertThat(tx.listKeys("equities")).isEmpty();
    tx.write(Bars.of("AAPL", 1, 1));
    storage.write(Bars.of("MSFT", 1, 1));

    assertThatExceptionOfType(CommitConflictException.class)
        .isThrownBy(tx::commit)
        .satisfies(e -> assertThat(e.keys()).containsExactly(MSFT));
  }

  @Test
  void a_conflict_runs_the_callback_again_until_the_attempts_are_used_up() {
    storage.write(Bars.of("AAPL", 1, 1));
    AtomicInteger attempts = new AtomicInteger();

    int rows =
        storage.transaction(
            tx -> {
              int read = tx.read(AAPL).data().rowCount();
              if (attempts.incrementAndGet() == 1) {
                storage.write(Bars.of("AAPL", 10, 1));
              }
              tx.write(Bars.of("AAPL", read + 1, 1));
              return read + 1;
            });
    assertThat(rows).isEqualTo(11);
    assertThat(attempts).hasValue(2);

    attempts.set(0);
    assertThatThrownBy(
            () ->
                storage.transaction(
                    tx -> {
                      tx.read(AAPL);
                      storage.write(Bars.of("AAPL", 20 + attempts.incrementAndGet(), 1));
                      return tx.write(Bars.of("MSFT", 1, 1));
                    }))
        .isInstanceOf(CommitConflictException.class);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void append_merges_on_the_timestamp() {
    storage.append(Bars.of("AAPL", 3, 100));
    DataObject more =
        Bars.of("AAPL", 1, 1).withData(Bars.dailyFrom(Bars.START.plusSeconds(2 * 86_400), 3, 500));
    storage.append(more);

    assertThat(storage.read(AAPL).data().doubles("close").toArray())
        .containsExactly(100, 101, 500, 501, 502);
    assertThat(storage.versions(AAPL)).hasSize(2);
  }

  @Test
  void append_refuses_columns_that_do_not_fit() {
    storage.append(Bars.of("AAPL", 3, 100));
    DataObject text =
        Bars.of("AAPL", 1, 1)
            .withData(Bars.daily(1, 1).withColumn("note", StringColumn.of("split")));
    storage.append(text);
    DataObject number =
        Bars.of("AAPL", 1, 1).withData(Bars.daily(1, 1).withColumn("note", DoubleColumn.of(1.0)));

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.append(number))
        .withMessageContaining("note");
  }

  @Test
  void a_transaction_that_has_ended_is_of_no_use() {
    Transaction tx = storage.begin();
    tx.write(Bars.of("AAPL", 1, 1));
    tx.commit();

    assertThatThrownBy(() -> tx.read(AAPL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it has ended");
    assertThatThrownBy(tx::commit).isInstanceOf(IllegalStateException.class);
    tx.close();
    assertThat(storage.exists(AAPL)).isTrue();
  }

  @Test
  void a_callback_s_transaction_belongs_to_the_callback() {
    AtomicReference<Transaction> leaked = new AtomicReference<>();
    storage.transaction(
        outer -> {
          leaked.set(outer);
          assertThatThrownBy(() -> storage.transaction(inner -> outer.write(Bars.of("AAPL", 1, 1))))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("its own callback");
          assertThatThrownBy(outer::commit).isInstanceOf(IllegalStateException.class);
          return outer;
        });
    assertThatThrownBy(() -> leaked.get().read(AAPL)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_asynchronous_callback_commits_when_its_future_completes() {
    AsyncStorage async = storage.async(Runnable::run);

    int keys =
        async
            .transactionAsync(
                tx ->
                    tx.write(Bars.of("AAPL", 1, 1))
                        .thenCompose(key -> tx.append(Bars.of("MSFT", 2, 2)))
                        .thenCompose(key -> tx.listKeys("")))
            .join()
            .size();

    assertThat(keys).isEqualTo(2);
    assertThat(storage.listKeys()).hasSize(2);
    CompletableFuture<Object> failed =
        async.transactionAsync(
            tx ->
                tx.delete(AAPL)
                    .thenCompose(
                        done -> CompletableFuture.failedFuture(new IllegalStateException("no"))));
    assertThatThrownBy(failed::join).hasRootCauseMessage("no");
    assertThat(storage.exists(AAPL)).isTrue();
  }

  @Test
  void concurrent_increments_lose_no_update() throws Exception {
    storage.write(Bars.of("AAPL", 0, 0));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(writer -> pool.submit(() -> increment(25)))
              .toList();
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(storage.read(AAPL).data().rowCount()).isEqualTo(100);
  }

  private void increment(int times) {
    for (int done = 0; done < times; ) {
      try {
        storage.transaction(
            tx -> tx.write(Bars.of("AAPL", tx.read(AAPL).data().rowCount() + 1, 0)));
        done++;
      } catch (CommitConflictException e) {
        // Lost three times; the count must still come out right in the end.
      }
    }
  }
}
