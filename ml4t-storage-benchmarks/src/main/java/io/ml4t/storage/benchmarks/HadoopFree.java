package io.ml4t.storage.benchmarks;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.filesystem.FileSystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the classes of Hadoop that a fresh JVM loads to write and read a frame. */
final class HadoopFree {
  private HadoopFree() {}

  /**
   * Starts the JVM and waits for it.
   *
   * @param folder for its store and its log
   */
  static int hadoopClasses(Path folder) throws IOException, InterruptedException {
    Path log = Files.createDirectories(folder).resolve("classes.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.resolve("data").toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("The store failed in a fresh JVM");
    }
    try (Stream<String> lines = Files.lines(log)) {
      return (int) lines.filter(line -> line.contains(" org.apache.hadoop.")).count();
    }
  }

  /** What runs in the fresh JVM. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (FileSystemStorage storage = FileSystemStorage.builder(Path.of(arguments[0])).build()) {
        DataObject bars =
            MarketData.object(
                new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS).frame(), "AAPL");
        if (!storage.read(storage.write(bars).join()).join().data().equals(bars.data())) {
          throw new IllegalStateException("The store reads something else than was written");
        }
      }
    }
  }
}
