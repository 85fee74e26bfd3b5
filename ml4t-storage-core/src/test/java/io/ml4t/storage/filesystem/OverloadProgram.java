package io.ml4t.storage.filesystem;

import io.ml4t.storage.Bars;
import io.ml4t.storage.StorageOverloadedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** Hands a store on a slow disk frames as fast as it can, and never waits for any. */
final class OverloadProgram {
  /** Of 48 bytes each: a mebibyte. */
  private static final int ROWS = (1 << 20) / 48;

  private static final Duration WRITE = Duration.ofMillis(20);

  private OverloadProgram() {}

  public static void main(String[] arguments) {
    HookedFiles disk = new HookedFiles();
    disk.hook(
        (operation, file) -> {
          if (operation.equals("write")) {
            LockSupport.parkNanos(WRITE.toNanos());
          }
        });
    List<CompletableFuture<?>> writes = new ArrayList<>();
    try (FileSystemStorage store =
        FileSystemStorage.builder(Path.of(arguments[0]))
            .files(disk)
            .closeTimeout(Duration.ofMinutes(5))
            .build()) {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        writes.add(store.write(Bars.of("S" + i % 500, ROWS, i)));
      }
    }
    long written = 0;
    long refused = 0;
    for (CompletableFuture<?> write : writes) {
      try {
        write.join();
        written++;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof StorageOverloadedException)) {
          throw e;
        }
        refused++;
      }
    }
    System.out.println(written + " " + refused);
  }
}
