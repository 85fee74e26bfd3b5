package io.ml4t.storage.filesystem;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Holds up the file operations of a store, from the moment it is shut until it is opened. */
final class Gate {
  private final HookedFiles files = new HookedFiles();
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);

  HookedFiles files() {
    return files;
  }

  /** Holds up each operation of that name. */
  void shut(String operation) {
    shut(operation, file -> true);
  }

  /** Holds up each operation of that name on such a file. */
  void shut(String operation, Predicate<Path> where) {
    files.hook(
        (name, file) -> {
          if (name.equals(operation) && where.test(file)) {
            reached.countDown();
            await(open);
          }
        });
  }

  /** Waits until some operation is held up. */
  void awaitHeld() {
    await(reached);
  }

  void open() {
    open.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("No thread of the store may be interrupted", e);
    }
  }
}
