package io.ml4t.storage.lock;

import io.ml4t.storage.StorageKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Another process that locks keys. It is told what to do by lines on its standard input, answers
 * each with a line, and ends with its input.
 */
final class LockingProcess {
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  LockingProcess(Path lockFile) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-cp",
                System.getProperty("java.class.path"),
                LockingProcess.class.getName(),
                lockFile.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Locks keys, however long it takes, and returns "held". */
  String lock(StorageKey... keys) {
    return ask("lock", keys);
  }

  /** Locks keys if they are free; returns "held" or "refused". */
  String tryLock(StorageKey... keys) {
    return ask("try", keys);
  }

  /** Gives up the oldest lease. */
  String unlock() {
    return ask("unlock");
  }

  /** Takes a reserved slot if it is free; returns "held" or "refused". */
  String tryReserved(int slot) {
    commands.println("reserve " + slot);
    return answer();
  }

  /** Locks a key a number of times and increments a number in a file each time. */
  void startCounting(StorageKey key, int times, Path file) {
    commands.println("count " + key + " " + times + " " + file);
  }

  /** Waits for the answer to the last command. */
  String answer() {
    try {
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ask(String command, StorageKey... keys) {
    StringBuilder line = new StringBuilder(command);
    for (StorageKey key : keys) {
      line.append(' ').append(key);
    }
    commands.println(line);
    return answer();
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Deque<Lease> leases = new ArrayDeque<>();
    try (KeyLocks locks = KeyLocks.file(Path.of(args[0]), task -> new Thread(task).start())) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(obey(line.split(" "), locks, leases));
      }
    }
  }

  private static String obey(String[] words, KeyLocks locks, Deque<Lease> leases)
      throws IOException {
    return switch (words[0]) {
      case "unlock" -> {
        leases.remove().close();
        yield "free";
      }
      case "reserve" -> keep(locks.tryReserved(Integer.parseInt(words[1]), "reserve"), leases);
      case "count" -> {
        for (int i = 0; i < Integer.parseInt(words[2]); i++) {
          SharedCounter.increment(locks, StorageKey.parse(words[1]), Path.of(words[3]));
        }
        yield "counted";
      }
      case "try" -> keep(acquire(locks, words, Duration.ZERO), leases);
      default -> keep(acquire(locks, words, Duration.ofMinutes(1)), leases);
    };
  }

  private static Optional<Lease> acquire(KeyLocks locks, String[] words, Duration timeout) {
    List<StorageKey> keys = Arrays.stream(words).skip(1).map(StorageKey::parse).toList();
    try {
      return Optional.of(locks.acquire(keys, timeout, words[0]).join());
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }

  private static String keep(Optional<Lease> lease, Deque<Lease> leases) {
    lease.ifPresent(leases::add);
    return lease.isPresent() ? "held" : "refused";
  }
}
