package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails the n-th file operation from now, and if asked all after it, until disarmed. */
final class FileFaults implements HookedFiles.Hook {
  /** The errors that a sound program meets on a sound file system. */
  enum Fault {
    ENOSPC("No space left on device"),
    EIO("Input/output error"),
    EMFILE("Too many open files"),
    EACCES("Permission denied");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    IOException at(Path file) {
      return this == EACCES
          ? new AccessDeniedException(file.toString())
          : new FileSystemException(file.toString(), null, reason);
    }
  }

  private final AtomicInteger seen = new AtomicInteger();
  private volatile int first = Integer.MAX_VALUE;
  private volatile int last = Integer.MAX_VALUE;
  private volatile Fault fault = Fault.EIO;
  private volatile String hit = "nothing";

  /** Begins to count anew; operation {@code n}, counted from 0, is the first to fail. */
  void arm(int n, Fault error, boolean lasting) {
    seen.set(0);
    fault = error;
    last = lasting ? Integer.MAX_VALUE : n;
    first = n;
  }

  void disarm() {
    first = Integer.MAX_VALUE;
  }

  /** Operations since the last call of {@link #arm}. */
  int count() {
    return seen.get();
  }

  /** The first operation that failed. */
  String hit() {
    return hit;
  }

  @Override
  public void before(String operation, Path file) throws IOException {
    int number = seen.getAndIncrement();
    if (number >= first && number <= last) {
      if (number == first) {
        hit = operation + " " + file.getParent().getFileName();
      }
      throw fault.at(file);
    }
  }
}
