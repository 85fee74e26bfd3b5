package io.ml4t.storage;

import java.util.List;

/** Waits for each step of a non-blocking transaction. */
final class BlockingTransaction implements Transaction {
  private final AsyncTransaction transaction;

  BlockingTransaction(AsyncTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public long sequence() {
    return transaction.sequence();
  }

  @Override
  public DataObject read(StorageKey key) {
    return BlockingStorage.await(transaction.read(key));
  }

  @Override
  public boolean exists(StorageKey key) {
    return BlockingStorage.await(transaction.exists(key));
  }

  @Override
  public List<StorageKey> listKeys(String prefix) {
    return BlockingStorage.await(transaction.listKeys(prefix));
  }

  @Override
  public StorageKey write(DataObject data) {
    return BlockingStorage.await(transaction.write(data));
  }

  @Override
  public StorageKey update(StorageKey key, DataObject data) {
    return BlockingStorage.await(transaction.update(key, data));
  }

  @Override
  public StorageKey append(DataObject data) {
    return BlockingStorage.await(transaction.append(data));
  }

  @Override
  public boolean delete(StorageKey key) {
    return BlockingStorage.await(transaction.delete(key));
  }

  @Override
  public long commit() {
    return BlockingStorage.await(transaction.commit());
  }

  @Override
  public void rollback() {
    transaction.rollback();
  }

  @Override
  public void close() {
    transaction.rollback();
  }
}
