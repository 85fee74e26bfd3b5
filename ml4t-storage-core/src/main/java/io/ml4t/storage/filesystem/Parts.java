package io.ml4t.storage.filesystem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Looks at many things in parts, as many parts at a time as an executor runs. */
final class Parts {
  /** So much work that handing it to another thread does not count. */
  private static final int SIZE = 1_024;

  private Parts() {}

  /** A look at one thing; any number happen at the same time. */
  interface Look<T, R> {
    @Nullable R at(T one) throws IOException;
  }

  /**
   * What is seen, but for nulls, in the order of what is looked at. One part is looked at on this
   * thread.
   */
  static <T, R> List<R> look(Executor executor, List<T> all, Look<T, R> look) throws IOException {
    if (all.size() <= SIZE) {
      return each(all, look);
    }
    List<CompletableFuture<List<R>>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SIZE) {
      List<T> part = all.subList(from, Math.min(from + SIZE, all.size()));
      parts.add(
          CompletableFuture.supplyAsync(() -> Operations.now(() -> each(part, look)), executor));
    }
    List<R> seen = new ArrayList<>();
    parts.forEach(part -> seen.addAll(Operations.await(part)));
    return seen;
  }

  private static <T, R> List<R> each(List<T> part, Look<T, R> look) throws IOException {
    List<R> seen = new ArrayList<>();
    for (T one : part) {
      R result = look.at(one);
      if (result != null) {
        seen.add(result);
      }
    }
    return seen;
  }
}
