package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does with many keys at once. */
public abstract class BatchContract {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");
  private static final StorageKey NVDA = StorageKey.of("equities", "daily", "NVDA");

  @TempDir Path root;
  private AsyncStorage async;
  private Storage storage;

  /** An empty store. */
  protected abstract AsyncStorage open(Path root);

  @BeforeEach
  void openStore() {
    async = open(root);
    storage = new BlockingStorage(async);
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  private long head() {
    return storage.snapshot().sequence();
  }

  @Test
  void frames_written_together_are_one_commit() {
    storage.write(Bars.of("MSFT", 1, 1));
    long before = head();

    List<StorageKey> keys = storage.writeAll(List.of(Bars.of("MSFT", 2, 2), Bars.of("AAPL", 3, 3)));

    assertThat(keys).containsExactly(MSFT, AAPL);
    assertThat(head()).isEqualTo(before + 1);
    assertThat(storage.readAll(keys)).containsExactly(Bars.of("MSFT", 2, 2), Bars.of("AAPL", 3, 3));
  }

  @Test
  void frames_written_together_are_all_refused_where_one_is() {
    DataObject partial =
        DataObject.ofColumns(
            Bars.daily(3, 1).select(List.of("timestamp", "close")),
            Bars.of("AAPL", 3, 1).metadata());

    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.writeAll(List.of(Bars.of("MSFT", 1, 1), partial)))
        .withMessageContaining("equities/daily/AAPL");
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.writeAll(List.of(Bars.of("MSFT", 1, 1), Bars.of("MSFT", 2, 2))))
        .withMessageContaining("equities/daily/MSFT twice");
    assertThat(storage.listKeys()).isEmpty();
  }

  @Test
  void nothing_to_do_makes_no_commit() {
    assertThat(storage.writeAll(List.of())).isEmpty();
    assertThat(storage.writeEach(List.of())).isEmpty();
    assertThat(storage.deleteAll(List.of())).isEmpty();
    assertThat(storage.deleteAll(List.of(AAPL))).isEmpty();
    assertThat(storage.stream(List.of())).isEmpty();
    assertThat(head()).isZero();
  }

  @Test
  void frames_written_each_on_its_own_have_an_outcome_each() {
    storage.write(Bars.of("MSFT", 1, 1));

    List<WriteOutcome> outcomes =
        storage.writeEach(
            List.of(Bars.of("AAPL", 2, 2), Bars.of("MSFT", 3, 3), Bars.of("NVDA", 4, 4)),
            WriteOptions.ifAbsent());

    assertThat(outcomes).extracting(WriteOutcome::key).containsExactly(AAPL, MSFT, NVDA);
    assertThat(outcomes).extracting(WriteOutcome::isWritten).containsExactly(true, false, true);
    assertThat(outcomes.get(0).version()).isEqualTo(storage.versions(AAPL).get(0));
    assertThat(outcomes.get(1).error()).isInstanceOf(CommitConflictException.class);
    assertThat(storage.read(MSFT)).isEqualTo(Bars.of("MSFT", 1, 1));
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> storage.writeEach(List.of(Bars.of("A", 1, 1), Bars.of("A", 2, 2))));
  }

  @Test
  void more_frames_than_are_written_at_a_time_are_all_written_in_the_end() {
    List<DataObject> frames =
        IntStream.range(0, 300).mapToObj(i -> Bars.of("S" + i, 1, i)).toList();

    assertThat(storage.writeEach(frames)).allMatch(WriteOutcome::isWritten).hasSize(300);
    assertThat(storage.listKeys()).hasSize(300);
  }

  @Test
  void keys_deleted_together_are_one_commit_that_tells_which_there_were() {
    storage.writeAll(List.of(Bars.of("AAPL", 1, 1), Bars.of("MSFT", 2, 2), Bars.of("NVDA", 3, 3)));
    long before = head();

    assertThat(storage.deleteAll(List.of(NVDA, StorageKey.of("a", "b", "c"), AAPL, NVDA)))
        .containsExactly(NVDA, AAPL);

    assertThat(storage.listKeys()).containsExactly(MSFT);
    assertThat(head()).isEqualTo(before + 1);
  }

  @Test
  void a_stream_reads_each_key_when_it_comes_to_it_as_of_one_commit() {
    storage.writeAll(List.of(Bars.of("AAPL", 1, 1), Bars.of("MSFT", 2, 2)));
    Stream<DataObject> frames = storage.stream(List.of(MSFT, AAPL));
    storage.write(Bars.of("AAPL", 3, 3));

    assertThat(frames).containsExactly(Bars.of("MSFT", 2, 2), Bars.of("AAPL", 1, 1));

    long first = storage.versions(AAPL).get(1).sequence();
    assertThat(storage.stream(List.of(AAPL), ReadOptions.asOf(first).withColumns("close")))
        .singleElement()
        .satisfies(frame -> assertThat(frame.data().columnNames()).containsExactly("close"))
        .satisfies(frame -> assertThat(frame.data().rowCount()).isEqualTo(1));
    assertThat(storage.stream(List.of(AAPL, NVDA)).limit(1)).hasSize(1);
    assertThatThrownBy(() -> storage.stream(List.of(AAPL, NVDA)).toList())
        .isInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void a_missing_element_is_the_caller_s_mistake_at_once() {
    List<DataObject> frames = new ArrayList<>();
    frames.add(null);

    assertThatThrownBy(() -> async.writeAll(frames)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> async.writeEach(frames)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void each_write_that_has_not_begun_is_kept_back_when_the_whole_is_cancelled() {
    List<DataObject> frames =
        IntStream.range(0, 5_000).mapToObj(i -> Bars.of("S" + i, 1, i)).toList();

    CompletableFuture<List<WriteOutcome>> written = async.writeEach(frames);
    written.cancel(false);

    assertThat(storage.listKeys()).hasSizeLessThan(5_000);
  }
}
