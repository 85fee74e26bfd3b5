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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries operations again: after a lock time-out, and after a transaction lost against another
 * writer. Thread-safe.
 */
final class Retries {
  private final String prefix;
  private final Backoff backoff;
  private final ScheduledExecutorService timer;
  private final StorageListener listener;
  private volatile @Nullable Pair pair;

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

  private record Pair(Retry lock, Retry conflict) {}

  /**
   * Retries of one store.
   *
   * @param registry where they are to be found at once; null for one of their own at their first
   *     use, since the classes that it takes would be a good part of opening a store
   * @param prefix of their names in the registry, which end in {@code -lock} and {@code -conflict}
   * @param listener hears of each further attempt
   */
  Retries(
      @Nullable RetryRegistry registry,
      String prefix,
      Backoff backoff,
      ScheduledExecutorService timer,
      StorageListener listener) {
    this.prefix = prefix;
    this.backoff = backoff;
    this.timer = timer;
    this.listener = listener;
    if (registry != null) {
      pair = register(registry);
    }
  }

  /** Runs an operation, again after a lock time-out. */
  <T> CompletableFuture<T> afterTimeout(Supplier<CompletionStage<T>> operation) {
    return pair().lock.executeCompletionStage(timer, operation).toCompletableFuture();
  }

  /** Runs an operation, again after a conflict. */
  <T> CompletableFuture<T> afterConflict(Supplier<CompletionStage<T>> operation) {
    return pair().conflict.executeCompletionStage(timer, operation).toCompletableFuture();
  }

  private Pair pair() {
    Pair known = pair;
    return known == null ? first() : known;
  }

  private synchronized Pair first() {
    Pair known = pair;
    if (known == null) {
      known = register(RetryRegistry.ofDefaults());
      pair = known;
    }
    return known;
  }

  private Pair register(RetryRegistry registry) {
    Retry lock = registry.retry(prefix + "-lock", backoff.after(LockAcquisitionException.class));
    Retry conflict =
        registry.retry(prefix + "-conflict", backoff.after(CommitConflictException.class));
    if (listener != StorageListener.NONE) {
      tell("lock", lock);
      tell("conflict", conflict);
    }
    return new Pair(lock, conflict);
  }

  private void tell(String reason, Retry retry) {
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
