package io.ml4t.storage.io.parquet;

import io.ml4t.storage.frame.DataFrame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Polars and hyparquet in a process of Node. */
final class NodeEngines implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/node/conformance.js");

  private final Process node;
  private final Writer requests;
  private final BufferedReader replies;

  /** What an engine reads: for each column its values as text, true, false or null. */
  record Answer(int rows, Map<String, List<Object>> columns) {}

  NodeEngines() throws IOException {
    node =
        new ProcessBuilder("node", SCRIPT.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = node.outputWriter();
    replies = node.inputReader();
  }

  /** Why they are not there, empty where they are. */
  static String missing() {
    for (String name : List.of("nodejs-polars", "hyparquet", "hyparquet-compressors")) {
      if (!Files.isDirectory(Path.of("node_modules", name))) {
        return name + " is not installed";
      }
    }
    try {
      Process version = new ProcessBuilder("node", "--version").start();
      return version.waitFor() == 0 ? "" : "Node does not run";
    } catch (IOException e) {
      return "Node is not installed";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  Answer read(String engine, Path file, DataFrame shape) {
    String columns =
        shape.columnNames().stream()
            .map(name -> name + ":" + shape.column(name).type().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(","));
    return JsonMapper.shared()
        .readValue(ask(engine + "-read\t" + file + "\t" + columns), new TypeReference<Answer>() {});
  }

  void rewrite(Path file, Path to, String codec, int groupRows, String categorical) {
    ask(
        String.join(
            "\t", "polars-rewrite", "" + file, "" + to, codec, "" + groupRows, categorical));
  }

  private String ask(String request) {
    try {
      requests.write(request + "\n");
      requests.flush();
      String reply = replies.readLine();
      if (reply == null || reply.startsWith("error")) {
        throw new IOException(request + ": " + reply);
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.destroy();
  }
}
