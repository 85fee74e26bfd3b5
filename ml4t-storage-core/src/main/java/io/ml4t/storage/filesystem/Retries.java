package io.ml4t.storage.filesystem;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.event.StorageListener;
import java.time.Duration;

/**
 * How operations are tried again.
 *
 * @param lock after a lock time-out
 * @param conflict after a transaction lost against another writer
 */
record Retries(Retry lock, Retry conflict) {

  /**
   * How often, and after how long: the delay doubles each time, with jitter.
   *
   * @param maxAttempts the first included
   * @param baseDelay before the second attempt
   * @param maxDelay the longest delay
   */
  record Backoff(int maxAttempts, Duration baseDelay, Duration maxDelay) {
    private RetryConfig after(Class<? extends StorageException> error) {
      return RetryConfig.custom()
          .maxAttempts(maxAttempts)
          .intervalFunction(
              IntervalFunction.ofExponentialRandomBackoff(baseDelay, 2.0, 0.5, maxDelay))
          .retryOnException(error::isInstance)
          .build();
    }
  }

  /**
   * Retries of one store.
   *
   * @param prefix of their names in the registry, which end in {@code -lock} and {@code -conflict}
   * @param listener hears of each further attempt
   */
  static Retries register(
      RetryRegistry registry, String prefix, Backoff backoff, StorageListener listener) {
    Retry lock = registry.retry(prefix + "-lock", backoff.after(LockAcquisitionException.class));
    Retry conflict =
        registry.retry(prefix + "-conflict", backoff.after(CommitConflictException.class));
    if (listener != StorageListener.NONE) {
      tell(listener, "lock", lock);
      tell(listener, "conflict", conflict);
    }
    return new Retries(lock, conflict);
  }

  private static void tell(StorageListener listener, String reason, Retry retry) {
    retry
        .getEventPublisher()
        .onRetry(
            event ->
                listener.retried(
                    reason,
                    event.getNumberOfRetryAttempts(),
                    Operations.typed(event.getLastThrowable())));
  }
}
