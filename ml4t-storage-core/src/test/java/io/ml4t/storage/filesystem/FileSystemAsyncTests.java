package io.ml4t.storage.filesystem;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.BatchContract;
import io.ml4t.storage.LockedKeyContract;
import io.ml4t.storage.StreamContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

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
  }

  @Nested
  class LockedKeysOfTwin extends LockedKeyContract {
    @Override
    protected AsyncStorage open(Path root, Duration lockTimeout) {
      return twin(store(root, lockTimeout));
    }
  }
}
