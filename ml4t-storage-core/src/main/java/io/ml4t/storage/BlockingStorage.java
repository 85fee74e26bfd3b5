package io.ml4t.storage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Waits for each operation of a non-blocking store. */
final class BlockingStorage implements Storage {
  private final AsyncStorage storage;

  BlockingStorage(AsyncStorage storage) {
    this.storage = storage;
  }

  @Override
  public Version put(DataObject data, WriteOptions options) {
    return await(storage.put(data, options));
  }

  @Override
  public List<StorageKey> writeAll(Collection<DataObject> data) {
    return await(storage.writeAll(data));
  }

  @Override
  public List<WriteOutcome> writeEach(Collection<DataObject> data, WriteOptions options) {
    return await(storage.writeEach(data, options));
  }

  @Override
  public StorageKey update(StorageKey key, DataObject data) {
    return await(storage.update(key, data));
  }

  @Override
  public DataObject read(StorageKey key, ReadOptions options) {
    return await(storage.read(key, options));
  }

  @Override
  public List<DataObject> readAll(Collection<StorageKey> keys) {
    return await(storage.readAll(keys));
  }

  @Override
  public boolean exists(StorageKey key) {
    return await(storage.exists(key));
  }

  @Override
  public boolean delete(StorageKey key) {
    return await(storage.delete(key));
  }

  @Override
  public List<StorageKey> deleteAll(Collection<StorageKey> keys) {
    return await(storage.deleteAll(keys));
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    return await(storage.listKeys(prefix));
  }

  @Override
  public List<Version> versions(StorageKey key) {
    return await(storage.versions(key));
  }

  @Override
  public Snapshot snapshot() {
    return new BlockingSnapshot(await(storage.snapshot()));
  }

  @Override
  public Snapshot asOf(long sequence) {
    return new BlockingSnapshot(await(storage.asOf(sequence)));
  }

  @Override
  public Snapshot asOf(Instant time) {
    return new BlockingSnapshot(await(storage.asOf(time)));
  }

  @Override
  public <T> T transaction(TransactionCallback<T> work) {
    return await(storage.transaction(work));
  }

  @Override
  public Transaction begin() {
    return new BlockingTransaction(await(storage.begin()));
  }

  @Override
  public <T> T withLock(StorageKey key, LockCallback<T> work) {
    return await(storage.withLock(key, work));
  }

  @Override
  public AsyncStorage async(Executor executor) {
    return storage;
  }

  @Override
  public void close() {
    storage.close();
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          "Cannot wait for the store: interrupted; the operation goes on", e);
    } catch (CancellationException e) {
      throw new StorageException("Cannot complete operation: it was cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException error) {
        throw withCaller(error);
      }
      if (e.getCause() instanceof RuntimeException error) {
        throw error;
      }
      throw new StorageException("Cannot complete operation: " + e.getCause(), e.getCause());
    }
  }

  /** Puts the caller's frames below those of the thread that failed, so that both can be seen. */
  private static RuntimeException withCaller(RuntimeException error) {
    StackTraceElement[] failed = error.getStackTrace();
    // Calls that failed together share one error, which keeps the first caller.
    boolean hasCaller =
        Stream.of(failed).anyMatch(at -> at.getClassName().equals(BlockingStorage.class.getName()));
    if (!hasCaller) {
      StackTraceElement[] caller = new Throwable().getStackTrace();
      error.setStackTrace(
          Stream.concat(Stream.of(failed), Stream.of(caller).skip(2))
              .toArray(StackTraceElement[]::new));
    }
    return error;
  }
}
