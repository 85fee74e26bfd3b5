package io.ml4t.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.Bars;
import io.ml4t.storage.BatchContract;
import io.ml4t.storage.LockedKeyContract;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.StreamContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
