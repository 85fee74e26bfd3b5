package io.ml4t.storage.benchmarks;

import io.ml4t.storage.parquet.Compression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Polars in a child process of Node, which takes the times itself: native code through and through.
 * One line on the child's input is one turn, one line on its output the nanoseconds of a run.
 */
final class PolarsEngine implements ParquetEngine {
  private final String name;
  private final Process child;
  private final Writer requests;
  private final BufferedReader replies;

  /**
   * @param script the child's program, with {@code nodejs-polars} beside it or above
   * @throws IOException if Node or the package is missing
   */
  PolarsEngine(Path script, int threads) throws IOException {
    name = "Polars, " + threads + (threads == 1 ? " thread" : " threads");
    ProcessBuilder builder = new ProcessBuilder("node", "--expose-gc", script.toString());
    builder.environment().put("POLARS_MAX_THREADS", Integer.toString(threads));
    child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = child.outputWriter();
    replies = child.inputReader();
    ask("hello");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Contestant reader(Path file, int rows) {
    return contestant("read\t" + file + "\t" + rows);
  }

  @Override
  public Contestant writer(Sample sample, Path file, Compression compression) throws IOException {
    ask("load\t" + sample.file());
    String codec =
        compression == Compression.LZ4_RAW ? "lz4" : compression.name().toLowerCase(Locale.ROOT);
    return contestant("write\t" + file + "\t" + codec);
  }

  private Contestant contestant(String request) {
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double nanosPerRun(int runs) throws IOException {
        return Double.parseDouble(ask(request + "\t" + runs));
      }
    };
  }

  private String ask(String request) throws IOException {
    requests.write(request + "\n");
    requests.flush();
    String reply = replies.readLine();
    if (reply == null || reply.startsWith("error")) {
      throw new IOException("Cannot run Polars: " + reply);
    }
    return reply;
  }

  @Override
  public void close() {
    child.destroy();
  }
}
