package io.ml4t.storage.event;

import io.ml4t.storage.StorageKey;
import java.time.Duration;

/** Throws whatever it hears. */
final class BrokenListener implements StorageListener {
  @Override
  public OperationListener operationStarted(StorageOperation operation) {
    if (operation.name().equals("read")) {
      throw broken();
    }
    return outcome -> {
      throw broken();
    };
  }

  @Override
  public void lockGranted(String operation, int keys, Duration waited) {
    throw broken();
  }

  @Override
  public void lockReleased(String operation, int keys, Duration held) {
    throw broken();
  }

  @Override
  public void committed(GroupCommit commit) {
    throw broken();
  }

  @Override
  public void frameWritten(long rows, long bytes) {
    throw broken();
  }

  @Override
  public void frameRead(long rows, long bytes) {
    throw broken();
  }

  @Override
  public void published(StorageKey key, Duration took) {
    throw broken();
  }

  private static IllegalStateException broken() {
    return new IllegalStateException("broken");
  }
}
