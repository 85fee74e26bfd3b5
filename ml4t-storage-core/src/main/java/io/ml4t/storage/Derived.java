package io.ml4t.storage;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Futures made from those of a store, so that cancelling the one cancels the other. */
final class Derived {
  private Derived() {}

  /** What the function makes of the result. */
  static <T, U> CompletableFuture<U> map(CompletableFuture<T> source, Function<T, U> function) {
    CompletableFuture<U> result = source.thenApply(function);
    // Does nothing where the source is what has completed the result.
    result.whenComplete((value, error) -> source.cancel(false));
    return result;
  }
}
