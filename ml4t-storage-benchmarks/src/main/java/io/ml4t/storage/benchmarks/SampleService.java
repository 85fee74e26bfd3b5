package io.ml4t.storage.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sample web service in a process of its own, on a free port of loopback. Closing stops it.
 *
 * @param process the service
 * @param base where it listens
 */
record SampleService(Process process, URI base) implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");
  private static final String READY = "Started MarketDataApplication";

  /**
   * Starts the service and waits until it is ready.
   *
   * @param jar the service with all that it needs
   * @param root its data root
   */
  static SampleService start(Path jar, Path root) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--market-data.demo=false",
                "--ml4t.storage.data-root=" + root)
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    int port = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        port = Integer.parseInt(listens.group(1));
      }
      if (line.contains(READY)) {
        drain(output);
        return new SampleService(process, URI.create("http://127.0.0.1:" + port));
      }
    }
    process.destroy();
    throw new IllegalStateException("Cannot start the sample: " + said);
  }

  /** A process whose output nobody reads stops when the pipe is full. */
  private static void drain(BufferedReader output) {
    Thread reader =
        new Thread(
            () -> {
              try {
                output.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // The process has been stopped.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
    process.destroyForcibly(); // Nothing happens where it is over.
  }
}
