package io.ml4t.storage;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of the frames of {@link AsyncStorage#writeEach}.
 *
 * @param key the frame's key
 * @param version the version it became, null where it failed
 * @param error why it failed, null where it did not
 */
public record WriteOutcome(StorageKey key, @Nullable Version version, @Nullable Throwable error) {

  /** One of version and error is there. */
  public WriteOutcome {
    if ((version == null) == (error == null)) {
      throw new IllegalArgumentException(
          "Cannot tell the outcome of " + key + ": expected a version or an error");
    }
  }

  static WriteOutcome of(StorageKey key, @Nullable Version version, @Nullable Throwable error) {
    return new WriteOutcome(
        key,
        version,
        error instanceof CompletionException && error.getCause() != null
            ? error.getCause()
            : error);
  }

  /** Whether the frame was written. */
  public boolean isWritten() {
    return version != null;
  }
}
