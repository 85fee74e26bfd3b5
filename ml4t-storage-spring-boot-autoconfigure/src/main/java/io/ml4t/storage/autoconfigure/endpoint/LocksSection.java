package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.filesystem.FileSystemStorage;
import io.ml4t.storage.lock.LockInfo;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys that are locked, or waited for, in this process. */
final class LocksSection implements EndpointSection {

  /** All of them. */
  record Locks(List<Lock> locks) {}

  /** One of them. */
  record Lock(String key, LockInfo.State state, String operation, String thread, Instant since) {
    static Lock of(LockInfo lock) {
      return new Lock(
          lock.key().toString(), lock.state(), lock.operation(), lock.thread(), lock.since());
    }
  }

  @Override
  public String name() {
    return "locks";
  }

  @Override
  public @Nullable Object read(Supplier<FileSystemStorage> store, Request request) {
    return request.path().isEmpty()
        ? new Locks(store.get().locks().stream().map(Lock::of).toList())
        : null;
  }
}
