package io.ml4t.storage.autoconfigure.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.ml4t.storage.Commit;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitFeedTests {
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private FileSystemStorage store;

  @BeforeEach
  void open(@TempDir Path root) {
    store = FileSystemStorage.builder(root).build();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anErrorOfAListenerEndsNoFeed() throws Exception {
    CommitFeed feed =
        new CommitFeed(
            "prices",
            store,
            event -> {
              events.add(event);
              throw new AssertionError("broken");
            },
            later::add);
    feed.start();
    write("AAPL");
    write("MSFT");
    assertThat(nextSequence()).isEqualTo(1);
    assertThat(nextSequence()).isEqualTo(2);
    assertThat(later).isEmpty();
    feed.stop();
  }

  @Test
  void aCommitThatCouldNotBeReadIsReadAgain() throws Exception {
    CommitFeed feed = new CommitFeed("prices", failingOnce(), events::add, later::add);
    feed.start();
    write("AAPL");
    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(nextSequence()).isEqualTo(1);
    feed.stop();
  }

  @Test
  void aFeedThatWasStoppedMeanwhileStaysStopped() {
    FileSystemStorage failing = failingOnce();
    CommitFeed feed = new CommitFeed("prices", failing, events::add, later::add);
    feed.start();
    feed.stop();
    later.remove().run();
    verify(failing).watch(1);
  }

  private void write(String symbol) {
    store.write(StorageFixtures.bar(symbol)).join();
  }

  private long nextSequence() throws InterruptedException {
    CommitEvent event = (CommitEvent) events.poll(30, TimeUnit.SECONDS);
    return event.commit().sequence();
  }

  /** The store, whose commits cannot be read at the first time. */
  private FileSystemStorage failingOnce() {
    FileSystemStorage failing = mock(FileSystemStorage.class, delegatesTo(store));
    Flow.Publisher<Commit> broken =
        subscriber -> {
          subscriber.onSubscribe(mock(Flow.Subscription.class));
          subscriber.onError(new StorageException("Cannot read the log"));
        };
    doReturn(broken).doAnswer(delegatesTo(store)).when(failing).watch(anyLong());
    return failing;
  }
}
