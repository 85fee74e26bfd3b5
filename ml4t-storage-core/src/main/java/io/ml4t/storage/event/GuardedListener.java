package io.ml4t.storage.event;

import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners, and keeps what they throw from the store; the first time is logged. */
final class GuardedListener implements StorageListener {
  private static final Logger log = LoggerFactory.getLogger(StorageListener.class);

  private final List<StorageListener> listeners;
  private final AtomicBoolean failed = new AtomicBoolean();

  GuardedListener(List<StorageListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public OperationListener operationStarted(StorageOperation operation) {
    List<OperationListener> started =
        listeners.stream().map(listener -> started(listener, operation)).toList();
    return outcome -> started.forEach(each -> guard(each, one -> one.ended(outcome)));
  }

  private OperationListener started(StorageListener listener, StorageOperation operation) {
    try {
      return listener.operationStarted(operation);
    } catch (Throwable e) {
      failed(e);
      return OperationListener.NONE;
    }
  }

  @Override
  public void lockGranted(String operation, int keys, Duration waited) {
    each(listener -> listener.lockGranted(operation, keys, waited));
  }

  @Override
  public void lockRefused(String operation, int keys, Duration waited) {
    each(listener -> listener.lockRefused(operation, keys, waited));
  }

  @Override
  public void lockReleased(String operation, int keys, Duration held) {
    each(listener -> listener.lockReleased(operation, keys, held));
  }

  @Override
  public void committed(GroupCommit commit) {
    each(listener -> listener.committed(commit));
  }

  @Override
  public void frameWritten(long rows, long bytes) {
    each(listener -> listener.frameWritten(rows, bytes));
  }

  @Override
  public void frameRead(long rows, long bytes) {
    each(listener -> listener.frameRead(rows, bytes));
  }

  @Override
  public void retried(String reason, int attempts, Throwable error) {
    each(listener -> listener.retried(reason, attempts, error));
  }

  @Override
  public void published(StorageKey key, Duration took) {
    each(listener -> listener.published(key, took));
  }

  @Override
  public void publicationFailed(StorageKey key, Throwable error) {
    each(listener -> listener.publicationFailed(key, error));
  }

  private void each(Consumer<StorageListener> call) {
    listeners.forEach(listener -> guard(listener, call));
  }

  private <T> void guard(T listener, Consumer<T> call) {
    try {
      call.accept(listener);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable error) {
    if (failed.compareAndSet(false, true)) {
      log.warn("A storage listener fails; the store goes on, and says so once", error);
    }
  }
}
