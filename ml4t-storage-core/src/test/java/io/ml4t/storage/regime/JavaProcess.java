package io.ml4t.storage.regime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the classes of this one, which is told things and answers in lines. */
final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  JavaProcess(Class<?> program, Object... arguments) throws IOException {
    this(128, program, arguments);
  }

  /** A JVM with a heap of at most so many MiB. */
  JavaProcess(int heap, Class<?> program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx" + heap + "m"));
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    input = process.outputWriter(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the program says that line. */
  void await(String line) throws IOException {
    String said = line();
    if (!line.equals(said)) {
      throw new IOException("Expected '" + line + "' from the other JVM, but it said: " + said);
    }
  }

  /** The next line that the program says. */
  String line() throws IOException {
    String said = output.readLine();
    if (said == null) {
      throw new IOException("The other JVM has ended before its time");
    }
    return said;
  }

  /** Tells the program a line; it may be dead already. */
  void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** What the program says from here to its end. */
  List<String> rest() throws IOException {
    return output.lines().toList();
  }

  /** The status with which the program ends. */
  int status() {
    return process.onExit().join().exitValue();
  }

  /** Kills the program; what it had said until then can still be heard. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
