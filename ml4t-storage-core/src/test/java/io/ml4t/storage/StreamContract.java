package io.ml4t.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the subscriber to the frames of many keys can rely on, in every store with snapshots. */
public abstract class StreamContract {
  @TempDir Path root;
  private AsyncStorage storage;

  /** An empty store. */
  protected abstract AsyncStorage open(Path root);

  @BeforeEach
  void openStore() {
    storage = open(root);
  }

  @AfterEach
  void closeStore() {
    storage.close();
  }

  /** Keeps what comes, and asks for more only when it is told to. */
  private static class Reader implements Flow.Subscriber<DataObject> {
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final BlockingQueue<DataObject> frames = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.complete(given);
    }

    @Override
    public void onNext(DataObject frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {
      assertThat(end.completeExceptionally(error)).isTrue();
    }

    @Override
    public void onComplete() {
      assertThat(end.complete(null)).isTrue();
    }

    List<Integer> take(int count) throws InterruptedException {
      subscription.join().request(count);
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rows.add(frames.take().data().rowCount());
      }
      return rows;
    }
  }

  /** Writes as many keys, whose frames have 1, 2, 3, … rows. */
  private List<StorageKey> write(int count) {
    return storage
        .writeAll(IntStream.rangeClosed(1, count).mapToObj(i -> Bars.of("S" + i, i, i)).toList())
        .join();
  }

  private Reader subscribe(List<StorageKey> keys, ReadOptions options) {
    Reader reader = new Reader();
    storage.stream(keys, options).subscribe(reader);
    return reader;
  }

  @Test
  void frames_come_in_the_order_of_the_keys_and_no_more_than_were_asked_for() throws Exception {
    Reader reader = subscribe(write(20), ReadOptions.defaults());

    assertThat(reader.take(1)).containsExactly(1);
    assertThat(reader.take(2)).containsExactly(2, 3);
    assertThat(reader.frames).isEmpty();
    assertThat(reader.take(17)).isEqualTo(IntStream.rangeClosed(4, 20).boxed().toList());
    reader.end.join();
  }

  @Test
  void every_subscriber_sees_one_commit_the_newest_when_it_came() throws Exception {
    List<StorageKey> keys = write(10);
    Flow.Publisher<DataObject> stream = storage.stream(keys);
    Reader before = new Reader();
    stream.subscribe(before);
    assertThat(before.take(1)).containsExactly(1);

    storage.writeAll(keys.stream().map(key -> Bars.of(key, 100, 1)).toList()).join();
    Reader after = new Reader();
    stream.subscribe(after);

    assertThat(before.take(9)).doesNotContain(100);
    assertThat(after.take(10)).containsOnly(100);
    long first = storage.versions(keys.get(0)).join().get(1).sequence();
    Reader past = subscribe(keys, ReadOptions.asOf(first).withColumns("close"));
    assertThat(past.take(10)).doesNotContain(100);
    past.end.join();
  }

  @Test
  void a_subscriber_may_ask_for_one_more_at_every_frame() {
    List<StorageKey> keys = write(3);
    List<StorageKey> many = IntStream.range(0, 3_000).mapToObj(i -> keys.get(i % 3)).toList();
    Reader reader =
        new Reader() {
          @Override
          public void onNext(DataObject frame) {
            super.onNext(frame);
            subscription.join().request(1);
          }
        };

    storage.stream(many).subscribe(reader);
    reader.subscription.join().request(1);

    reader.end.join();
    assertThat(reader.frames).hasSize(3_000);
  }

  @Test
  void nothing_comes_after_a_cancellation() throws Exception {
    Reader reader = subscribe(write(10), ReadOptions.defaults());
    reader.take(2);

    reader.subscription.join().cancel();
    reader.subscription.join().cancel();
    reader.subscription.join().request(8);

    storage.listKeys().join();
    assertThat(reader.frames).isEmpty();
    assertThat(reader.end).isNotDone();
  }

  @Test
  void a_frame_that_cannot_be_read_ends_the_stream_after_those_before_it() throws Exception {
    List<StorageKey> keys = new ArrayList<>(write(2));
    keys.add(StorageKey.of("a", "b", "c"));
    Reader reader = subscribe(keys, ReadOptions.defaults());

    assertThat(reader.take(2)).containsExactly(1, 2);

    assertThatThrownBy(reader.end::join).hasCauseInstanceOf(KeyNotFoundException.class);
  }

  @Test
  void no_keys_are_a_stream_that_is_over() {
    subscribe(List.of(), ReadOptions.defaults()).end.join();
  }

  @Test
  void a_request_for_nothing_is_an_error_to_the_subscriber() {
    Reader reader = subscribe(write(2), ReadOptions.defaults());

    reader.subscription.join().request(0);

    assertThatThrownBy(reader.end::join).hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_subscriber_that_throws_gets_its_error_and_nothing_more() {
    Reader reader =
        new Reader() {
          @Override
          public void onNext(DataObject frame) {
            super.onNext(frame);
            throw new IllegalStateException("full");
          }
        };

    storage.stream(write(3)).subscribe(reader);
    reader.subscription.join().request(3);

    assertThatThrownBy(reader.end::join).hasRootCauseMessage("full");
    assertThat(reader.frames).hasSize(1);
  }

  @Test
  void the_stream_of_a_closed_store_fails() {
    List<StorageKey> keys = write(2);
    storage.close();

    assertThatThrownBy(subscribe(keys, ReadOptions.defaults()).end::join)
        .hasCauseInstanceOf(StorageClosedException.class);
  }
}
