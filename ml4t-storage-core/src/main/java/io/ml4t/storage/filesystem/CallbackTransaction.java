package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Transaction;
import java.util.List;

/** A transaction as its callback sees it: for that thread alone, and ended by its return. */
final class CallbackTransaction implements Transaction {
  private final StoreTransaction transaction;
  private final Thread owner = Thread.currentThread();

  CallbackTransaction(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public long sequence() {
    return transaction.sequence();
  }

  @Override
  public DataObject read(StorageKey key) {
    return call(() -> transaction.read(key));
  }

  @Override
  public boolean exists(StorageKey key) {
    return call(() -> transaction.exists(key));
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    return call(() -> transaction.listKeys(prefix));
  }

  @Override
  public StorageKey write(DataObject data) {
    return call(() -> transaction.write(data));
  }

  @Override
  public StorageKey update(StorageKey key, DataObject data) {
    return call(() -> transaction.update(key, data));
  }

  @Override
  public StorageKey append(DataObject data) {
    return call(() -> transaction.append(data));
  }

  @Override
  public boolean delete(StorageKey key) {
    return call(() -> transaction.delete(key));
  }

  @Override
  public long commit() {
    throw new IllegalStateException(
        "Cannot commit inside a transaction's callback: it commits when the callback returns");
  }

  @Override
  public void rollback() {
    throw new IllegalStateException(
        "Cannot roll back inside a transaction's callback: it rolls back when the callback throws");
  }

  @Override
  public void close() {
    // The callback does not own the transaction.
  }

  private <T> T call(Operations.Step<T> step) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "Cannot use a transaction outside its own callback: it belongs to thread "
              + owner.getName());
    }
    return Operations.now(step);
  }
}
