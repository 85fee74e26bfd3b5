package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where work is done. On a JVM with virtual threads these are what is looked at. */
class ThreadsTests {
  private static final StorageKey AAPL = StorageKey.of("equities", "daily", "AAPL");
  private static final StorageKey MSFT = StorageKey.of("equities", "daily", "MSFT");

  @TempDir Path root;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private void look() {
    seen.add(Thread.currentThread().getName());
  }

  @Test
  void no_operation_runs_on_the_caller_s_thread_or_on_the_common_pool() {
    HookedFiles files = new HookedFiles();
    try (FileSystemStorage store =
        FileSystemStorage.builder(root).files(files).inlineLimit(2_000).build()) {
      files.hook((operation, file) -> look());
      long stolen = ForkJoinPool.commonPool().getStealCount();
      List<Supplier<CompletableFuture<?>>> calls =
          List.of(
              () -> store.write(Bars.of(AAPL, 1, 1)),
              () -> store.writeAll(List.of(Bars.of(AAPL, 2_000, 1), Bars.of(MSFT, 2, 2))),
              () -> store.writeEach(List.of(Bars.of(AAPL, 2, 1), Bars.of(MSFT, 2, 2))),
              () -> store.update(AAPL, Bars.of(AAPL, 3, 1)),
              () -> store.append(Bars.of(AAPL, 4, 1)),
              () -> store.read(AAPL),
              () -> store.readAll(List.of(AAPL, MSFT)),
              () -> store.exists(AAPL),
              () -> store.listKeys("equities"),
              () -> store.versions(AAPL),
              () -> store.restore(AAPL, 1),
              () ->
                  store.transaction(
                      tx -> {
                        look();
                        return tx.append(Bars.of(AAPL, 5, 1));
                      }),
              () ->
                  store.transactionAsync(
                      tx -> {
                        look();
                        return tx.write(Bars.of(AAPL, 6, 1));
                      }),
              () -> store.begin().thenCompose(tx -> tx.delete(MSFT).thenCompose(d -> tx.commit())),
              () ->
                  store.withLock(
                      AAPL,
                      locked -> {
                        look();
                        return locked.append(Bars.of(AAPL, 7, 1));
                      }),
              () ->
                  store.withLockAsync(
                      AAPL,
                      locked -> {
                        look();
                        return locked.write(Bars.of(AAPL, 8, 1));
                      }),
              () -> streamed(store.stream(List.of(AAPL))),
              () -> store.tag("t"),
              store::flush,
              () -> store.maintenance().checkpoint(),
              () -> store.maintenance().vacuum(),
              () -> store.maintenance().refresh(),
              () -> store.maintenance().verify(),
              () -> store.maintenance().repair(),
              () -> store.deleteAll(List.of(AAPL, MSFT)));
      for (Supplier<CompletableFuture<?>> call : calls) {
        call.get().join();
      }

      assertThat(seen).isNotEmpty().allMatch(name -> name.startsWith("ml4t-storage-"));
      assertThat(ForkJoinPool.commonPool().getStealCount()).isEqualTo(stolen);
    }
  }

  private CompletableFuture<Void> streamed(Flow.Publisher<DataObject> stream) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    stream.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
          }

          @Override
          public void onNext(DataObject frame) {
            // May come on the thread that asks, where the frame has been read already.
          }

          @Override
          public void onError(Throwable error) {
            end.completeExceptionally(error);
          }

          @Override
          public void onComplete() {
            end.complete(null);
          }
        });
    return end;
  }
}
