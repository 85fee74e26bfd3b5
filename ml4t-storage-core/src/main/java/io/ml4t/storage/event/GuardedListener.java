package io.ml4t.storage.event;

import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws from the store; the first time is logged. */
final class GuardedListener implements StorageListener {
  private static final Logger log = LoggerFactory.getLogger(StorageListener.class);

  private final StorageListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();

  GuardedListener(StorageListener listener) {
    this.listener = listener;
  }

  @Override
  public OperationListener operationStarted(StorageOperation operation) {
    try {
      OperationListener started = listener.operationStarted(operation);
      return outcome -> guard(() -> started.ended(outcome));
    } catch (Throwable e) {
      failed(e);
      return OperationListener.NONE;
    }
  }

  @Override
  public void lockGranted(String operation, int keys, Duration waited) {
    guard(() -> listener.lockGranted(operation, keys, waited));
  }

  @Override
  public void lockRefused(String operation, int keys, Duration waited) {
    guard(() -> listener.lockRefused(operation, keys, waited));
  }

  @Override
  public void lockReleased(String operation, int keys, Duration held) {
    guard(() -> listener.lockReleased(operation, keys, held));
  }

  @Override
  public void committed(GroupCommit commit) {
    guard(() -> listener.committed(commit));
  }

  @Override
  public void frameWritten(long rows, long bytes) {
    guard(() -> listener.frameWritten(rows, bytes));
  }

  @Override
  public void frameRead(long rows, long bytes) {
    guard(() -> listener.frameRead(rows, bytes));
  }

  @Override
  public void retried(String reason, int attempts, Throwable error) {
    guard(() -> listener.retried(reason, attempts, error));
  }

  @Override
  public void published(StorageKey key, Duration took) {
    guard(() -> listener.published(key, took));
  }

  @Override
  public void publicationFailed(StorageKey key, Throwable error) {
    guard(() -> listener.publicationFailed(key, error));
  }

  private void guard(Runnable call) {
    try {
      call.run();
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
