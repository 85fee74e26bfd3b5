package io.ml4t.storage.regime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system calls of another process, through {@code strace}: counted, or its death at one. */
final class SystemCalls {
  /** All that change a file, a name or a lock; a question mark where not every CPU has them. */
  private static final String CHANGES =
      "?open,openat,?write,?pwrite64,?writev,fsync,fdatasync,?link,linkat,?rename,?renameat,renameat2,"
          + "?unlink,unlinkat,?utimes,utimensat,?mkdir,mkdirat,?chmod,fchmod,ftruncate,fcntl";

  /** One call: the n-th of its name by one thread. */
  record Point(String call, int number) {}

  private final Process strace;

  private SystemCalls(long pid, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(pid)));
    command.addAll(List.of(options));
    strace = new ProcessBuilder(command).start();
    BufferedReader messages =
        new BufferedReader(new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8));
    String message = messages.readLine();
    if (message == null || !message.contains("attached")) {
      throw new IOException("strace says " + message);
    }
  }

  /** Writes the process's calls to a file from now on. */
  static SystemCalls record(long pid, Path file) throws IOException {
    return new SystemCalls(pid, "-o", file.toString(), "-e", "trace=" + CHANGES);
  }

  /** Kills the process when it enters that call. */
  static SystemCalls killAt(long pid, Point point) throws IOException {
    return new SystemCalls(
        pid,
        "-o",
        "/dev/null",
        "-e",
        "trace=" + point.call,
        "-e",
        "inject=%s:signal=SIGKILL:when=%d".formatted(point.call, point.number));
  }

  /** Waits until all calls have been seen, since the process has ended. */
  void awaitEnd() throws IOException {
    try {
      if (!strace.waitFor(20, TimeUnit.SECONDS)) {
        strace.destroy();
        throw new IOException("The traced process does not end");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** How often the busiest thread did each call. */
  static SortedMap<String, Integer> count(Path recorded) throws IOException {
    Map<String, Integer> byThread = new HashMap<>();
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (String line : Files.readAllLines(recorded)) {
      String[] words = line.split("\\s+", 2);
      int end = words[1].indexOf('(');
      if (end > 0 && words[1].substring(0, end).matches("[a-z0-9]+")) {
        String call = words[1].substring(0, end);
        counts.merge(call, byThread.merge(words[0] + call, 1, Integer::sum), Math::max);
      }
    }
    return counts;
  }

  /** Why calls cannot be traced here, null where they can. */
  static @Nullable String unavailable() {
    try {
      Process probe = new ProcessBuilder("strace", "-o", "/dev/null", "true").start();
      return probe.waitFor() == 0 ? null : "strace may not trace a process here";
    } catch (IOException e) {
      return "there is no strace: " + e.getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
