package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Bars;
import io.ml4t.storage.BatchContract;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.LockedKeyContract;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.StreamContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contracts of batches, streams and locked keys, for the store and for the twin of its twin.
 */
class FileSystemAsyncTests {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @AfterAll
  static void endThreads() {
    THREADS.shutdown();
  }

  private static AsyncStorage store(Path root, Duration lockTimeout) {
    Duration delay = Duration.ofMillis(1);
    return FileSystemStorage.builder(root).lockTimeout(lockTimeout).retry(1, delay, delay).build();
  }

  private static AsyncStorage twin(AsyncStorage store) {
    return AsyncStorage.of(store.blocking(), THREADS);
  }

  @Nested
  class Batches extends BatchContract {
    @Override
    protected AsyncStorage open(Path root) {
      return FileSystemStorage.builder(root).build();
    }
  }

  @Nested
  class BatchesOfTwin extends BatchContract {
    @Override
    protected AsyncStorage open(Path root) {
      return twin(FileSystemStorage.builder(root).build());
    }
  }

  @Nested
  class Streams extends StreamContract {
    @Override
    protected AsyncStorage open(Path root) {
      return FileSystemStorage.builder(root).build();
    }
  }

  @Nested
  class StreamsOfTwin extends StreamContract {
    @Override
    protected AsyncStorage open(Path root) {
      return twin(FileSystemStorage.builder(root).build());
    }
  }

  @Nested
  class LockedKeys extends LockedKeyContract {
    @Override
    protected AsyncStorage open(Path root, Duration lockTimeout) {
      return store(root, lockTimeout);
    }

    @Test
    void a_transaction_that_its_callback_waits_for_does_not_wait_for_the_callback() {
      StorageKey key = StorageKey.of("equities", "daily", "TSLA");
      async
          .withLock(
              key,
              locked -> {
                locked.write(Bars.of(key, 1, 1));
                assertNotWaiting(async.transaction(tx -> tx.append(Bars.of(key, 2, 1))));
                assertNotWaiting(async.transaction(tx -> tx.delete(key)));
                assertNotWaiting(async.transactionAsync(tx -> tx.write(Bars.of(key, 2, 1))));
                assertNotWaiting(async.begin().thenCompose(tx -> tx.write(Bars.of(key, 2, 1))));
                return async.transaction(tx -> tx.read(key)).join();
              })
          .join();
    }

    @Test
    void what_a_callback_that_does_not_block_changes_through_the_store_does_not_wait_for_it() {
      StorageKey key = StorageKey.of("equities", "daily", "TSLA");
      DataObject data = Bars.of(key, 1, 1);
      async
          .withLockAsync(
              key,
              locked ->
                  CompletableFuture.allOf(
                          allRefused(data), locked.exists().thenCompose(there -> allRefused(data)))
                      .thenCompose(done -> locked.write(data)))
          .thenCompose(version -> async.append(Bars.of(key, 2, 1)))
          .join();
      assertThat(async.versions(key).join()).hasSize(2);
    }

    private CompletableFuture<Void> allRefused(DataObject data) {
      return CompletableFuture.allOf(
          Stream.of(
                  async.write(data),
                  async.withLockAsync(data.key(), again -> again.write(data)),
                  async.transaction(tx -> tx.write(data)),
                  async.transactionAsync(tx -> tx.write(data)))
              .map(change -> change.handle((done, error) -> assertHeld(error)))
              .toArray(CompletableFuture<?>[]::new));
    }

    private static @Nullable Void assertHeld(Throwable error) {
      assertThat(Operations.typed(error))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("this callback holds it");
      return null;
    }

    private void assertNotWaiting(CompletableFuture<?> change) {
      assertThat(change)
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class)
          .withMessageContaining("this callback holds it");
    }
  }

  @Nested
  class LockedKeysOfTwin extends LockedKeyContract {
    @Override
    protected AsyncStorage open(Path root, Duration lockTimeout) {
      return twin(store(root, lockTimeout));
    }
  }
}
