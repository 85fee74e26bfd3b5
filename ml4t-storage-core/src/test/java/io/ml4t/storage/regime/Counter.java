package io.ml4t.storage.regime;

import io.ml4t.storage.Bars;
import io.ml4t.storage.DataObject;
import io.ml4t.storage.Storage;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;
import java.time.Duration;

/** A frame that counts: every value in it follows from one number, so that a torn one shows. */
final class Counter {
  static final StorageKey KEY = StorageKey.of("equities", "daily", "COUNTER");

  private Counter() {}

  static FileSystemStorage open(Path root) {
    return FileSystemStorage.builder(root)
        .retry(10_000, Duration.ofMillis(1), Duration.ofMillis(20))
        .build();
  }

  static DataObject of(long value) {
    return Bars.of(KEY, 20, (double) value);
  }

  /**
   * The number that a frame stands for.
   *
   * @throws IllegalStateException if it is torn
   */
  static long value(DataObject frame) {
    long value = Math.round(frame.data().doubles("close").get(0));
    if (!frame.equals(of(value))) {
      throw new IllegalStateException("A torn frame: " + frame.data());
    }
    return value;
  }

  static void increment(Storage storage) {
    storage.transaction(tx -> tx.write(of(value(tx.read(KEY)) + 1)));
  }
}
