package io.ml4t.storage.autoconfigure.endpoint;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An endpoint answers with what is there, so it waits for the store. */
final class Waiting {
  private Waiting() {}

  /** The result; throws the error of the operation as it is. */
  static <T> T on(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException error ? error : e;
    }
  }
}
