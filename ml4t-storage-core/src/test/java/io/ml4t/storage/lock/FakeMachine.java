package io.ml4t.storage.lock;

import io.ml4t.storage.StorageKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;

/**
 * A machine on which several processes lock the bytes of one file, one of whose calls may fail. As
 * in POSIX, closing a process's channel drops its locks.
 */
final class FakeMachine {
  final ManualTimer timer = new ManualTimer();
  private final Map<Long, FakeChannel> lockedBytes = new HashMap<>();
  private int calls;
  private int failingCall;
  private int failuresInARow;

  /** A process with a lock file of its own name, which stands for the one file of this machine. */
  KeyLocks process(Path lockFile, Executor executor, ToLongFunction<StorageKey> slots) {
    LockFile file = LockFile.open(lockFile, path -> open(), timer);
    return new QueuedKeyLocks(file.queues(), file, executor, timer, slots);
  }

  KeyLocks process(Path lockFile) {
    return process(lockFile, Runnable::run, Slots::of);
  }

  private FileChannel open() throws IOException {
    call();
    return new FakeChannel(this);
  }

  /** Lets calls fail, beginning with the given one; the first is 1. */
  void fail(int call, int inARow) {
    failingCall = call;
    failuresInARow = inARow;
  }

  /** Counts a call to the operating system, which may be the one that fails. */
  void call() throws IOException {
    calls++;
    if (failingCall > 0 && calls >= failingCall && calls < failingCall + failuresInARow) {
      throw new IOException("call " + calls + " fails");
    }
  }

  int calls() {
    return calls;
  }

  boolean lock(long offset, FakeChannel channel) {
    return lockedBytes.putIfAbsent(offset, channel) == null;
  }

  void unlock(long offset, FakeChannel channel) {
    lockedBytes.remove(offset, channel);
  }

  /** The end of a process's channel. */
  void unlockAll(FakeChannel channel) {
    lockedBytes.values().removeIf(channel::equals);
  }

  int lockedBytes() {
    return lockedBytes.size();
  }

  /** Lets enough time pass for every poll and every further attempt to release. */
  void pass(int milliseconds) {
    timer.advance(Duration.ofMillis(milliseconds));
  }
}
