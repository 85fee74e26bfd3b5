package io.ml4t.storage.event;

import io.ml4t.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears. */
final class RecordingListener implements StorageListener {
  final List<String> operations = new CopyOnWriteArrayList<>();
  final List<Thread> callers = new CopyOnWriteArrayList<>();
  final List<OperationOutcome> outcomes = new CopyOnWriteArrayList<>();
  final List<String> locks = new CopyOnWriteArrayList<>();
  final List<GroupCommit> commits = new CopyOnWriteArrayList<>();
  final List<String> frames = new CopyOnWriteArrayList<>();
  final List<String> retries = new CopyOnWriteArrayList<>();
  final List<String> publications = new CopyOnWriteArrayList<>();

  @Override
  public OperationListener operationStarted(StorageOperation operation) {
    operations.add("%s %s %d rows".formatted(operation.name(), operation.key(), operation.rows()));
    callers.add(Thread.currentThread());
    return outcomes::add;
  }

  @Override
  public void lockGranted(String operation, int keys, Duration waited) {
    locks.add("granted " + operation + " " + keys);
  }

  @Override
  public void lockRefused(String operation, int keys, Duration waited) {
    locks.add("refused " + operation + " " + keys);
  }

  @Override
  public void lockReleased(String operation, int keys, Duration held) {
    locks.add("released " + operation + " " + keys);
  }

  @Override
  public void committed(GroupCommit commit) {
    commits.add(commit);
  }

  @Override
  public void frameWritten(long rows, long bytes) {
    frames.add("written " + rows + " " + bytes);
  }

  @Override
  public void frameRead(long rows, long bytes) {
    frames.add("read " + rows + " " + bytes);
  }

  @Override
  public void retried(String reason, int attempts, Throwable error) {
    retries.add("%s %d %s".formatted(reason, attempts, error.getClass().getSimpleName()));
  }

  @Override
  public void published(StorageKey key, Duration took) {
    publications.add("published " + key);
  }

  @Override
  public void publicationFailed(StorageKey key, Throwable error) {
    publications.add("failed " + key);
  }
}
