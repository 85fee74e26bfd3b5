package io.ml4t.storage.regime;

import io.ml4t.storage.filesystem.FileSystemStorage;
import java.nio.file.Path;

/** Increments the counter of a root, and says how long each took in microseconds. */
final class CounterProgram {
  private CounterProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (FileSystemStorage store = Counter.open(Path.of(arguments[0]))) {
      System.out.println("READY");
      System.in.read();
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        long start = System.nanoTime();
        Counter.increment(store.blocking());
        System.out.println((System.nanoTime() - start) / 1_000);
      }
    }
  }
}
