package io.ml4t.storage.lock;

import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A number in a file, which loses counts if its lock fails to exclude. */
final class SharedCounter {
  private SharedCounter() {}

  static void increment(KeyLocks locks, StorageKey key, Path file) throws IOException {
    try (Lease lease = locks.acquire(List.of(key), Duration.ofMinutes(1), "count").join()) {
      Files.writeString(file, String.valueOf(read(file) + (lease.isValid() ? 1 : 0)));
    }
  }

  static int read(Path file) throws IOException {
    return Integer.parseInt(Files.readString(file));
  }
}
