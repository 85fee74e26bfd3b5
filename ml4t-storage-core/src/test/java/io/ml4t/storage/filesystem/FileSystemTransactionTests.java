package io.ml4t.storage.filesystem;

import io.ml4t.storage.Storage;
import io.ml4t.storage.TransactionContract;
import java.nio.file.Path;
import java.time.Duration;

class FileSystemTransactionTests extends TransactionContract {
  @Override
  protected Storage open(Path root) {
    return FileSystemStorage.builder(root)
        .retry(3, Duration.ofMillis(1), Duration.ofMillis(1))
        .build()
        .blocking();
  }
}
