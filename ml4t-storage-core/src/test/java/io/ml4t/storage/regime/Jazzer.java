package io.ml4t.storage.regime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the fuzzer Jazzer, whose inputs are guided by the branches that they reach. In a JVM
 * of its own: it instruments classes, ends the JVM, and may crash it.
 */
final class Jazzer {
  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in");

  /** An input that takes longer, on however busy a machine, hangs. */
  private static final int HANG_SECONDS = 60;

  private final Path folder;

  /**
   * @param folder empty; what is found stays there
   */
  Jazzer(Path folder) {
    this.folder = folder;
  }

  /**
   * What came of a run.
   *
   * @param executions inputs tried; 0 where it ended before its time
   * @param finding what went wrong, with the input that did it; empty where nothing did
   */
  record Outcome(long executions, String finding) {}

  Outcome run(Class<? extends FuzzTarget<?>> target, int executions, int seed)
      throws IOException, InterruptedException, ReflectiveOperationException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    int number = 0;
    for (byte[] bytes : target.getDeclaredConstructor().newInstance().seeds()) {
      Files.write(corpus.resolve("seed-" + number++), bytes);
    }
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzProgram.class.getName());
    command.add("--target_args=" + target.getName());
    command.add("--instrumentation_includes=io.ml4t.storage.**");
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-runs=" + executions);
    command.add("-seed=" + seed);
    command.add("-timeout=" + HANG_SECONDS);
    command.add("-rss_limit_mb=1536");
    command.add(corpus.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int status = process.waitFor();
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    Matcher done = DONE.matcher(said);
    if (status == 0 && done.find()) {
      return new Outcome(Long.parseLong(done.group(1)), "");
    }
    return new Outcome(
        0, target.getSimpleName() + " ended with " + status + "\n" + inputs() + said);
  }

  private String inputs() throws IOException {
    StringBuilder inputs = new StringBuilder();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, "{crash,timeout,oom,slow-unit}-*")) {
      for (Path input : found) {
        String text = Base64.getEncoder().encodeToString(Files.readAllBytes(input));
        inputs.append(input.getFileName()).append(", in Base64: ").append(text).append('\n');
      }
    }
    return inputs.toString();
  }
}
