package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.Commit;
import io.ml4t.storage.VersionExpiredException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitStreamTests {
  @TempDir Path root;

  /** Asks for a few commits, and remembers what came. */
  private static final class Watcher implements Flow.Subscriber<Commit> {
    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> full = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final int wanted;
    private Flow.Subscription subscription;

    Watcher(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(wanted);
    }

    @Override
    public void onNext(Commit commit) {
      seen.add(commit.sequence());
      if (seen.size() == wanted) {
        full.complete(null);
      }
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }

  @Test
  void a_watcher_gets_old_and_new_commits_of_every_process_and_no_more_than_it_asked_for() {
    try (FileSystemStorage store = FileSystemStorage.builder(root).build();
        FileSystemStorage other = FileSystemStorage.builder(root).build()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      store.blocking().write(Bars.of("AAPL", 2, 1));
      Watcher watcher = new Watcher(3);

      store.watch(2).subscribe(watcher);
      other.blocking().write(Bars.of("MSFT", 1, 1));
      store.blocking().write(Bars.of("AAPL", 3, 1));
      watcher.full.join();
      assertThat(watcher.seen).containsExactly(2L, 3L, 4L);

      store.blocking().write(Bars.of("AAPL", 4, 1));
      assertThat(watcher.seen).hasSize(3);
      watcher.subscription.request(5);
      store.close();
      watcher.end.join();
    }
  }

  @Test
  void a_watcher_hears_of_the_close_though_an_operation_never_ends() {
    CountDownLatch never = new CountDownLatch(1);
    FileSystemStorage store =
        FileSystemStorage.builder(root).closeTimeout(Duration.ofMillis(20)).build();
    Watcher watcher = new Watcher(3);
    store.watch(1).subscribe(watcher);
    CompletableFuture<Object> stuck =
        store.transaction(
            tx -> {
              never.await();
              return tx;
            });

    store.close();

    watcher.end.orTimeout(1, TimeUnit.MINUTES).join();
    assertThat(stuck).isCompletedExceptionally();
    never.countDown();
  }

  @Test
  void a_watcher_that_fails_to_hear_of_the_close_keeps_it_from_nobody() {
    FileSystemStorage store = FileSystemStorage.builder(root).build();
    for (int i = 0; i < 3; i++) {
      store
          .watch(1)
          .subscribe(
              new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription given) {}

                @Override
                public void onNext(Commit commit) {}

                @Override
                public void onError(Throwable error) {}

                @Override
                public void onComplete() {
                  throw new IllegalStateException("it burns");
                }
              });
    }
    Watcher watcher = new Watcher(1);
    store.watch(1).subscribe(watcher);

    store.close();

    watcher.end.orTimeout(1, TimeUnit.MINUTES).join();
  }

  @Test
  void a_watcher_of_commits_that_are_gone_is_told_so() {
    try (FileSystemStorage store =
        FileSystemStorage.builder(root).minVersionAge(Duration.ZERO).build()) {
      store.blocking().write(Bars.of("AAPL", 1, 1));
      store.blocking().write(Bars.of("AAPL", 2, 1));
      store.maintenance().vacuum().join();
      Watcher watcher = new Watcher(1);

      store.watch(1).subscribe(watcher);

      assertThat(watcher.end)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withCauseInstanceOf(VersionExpiredException.class);
    }
  }
}
