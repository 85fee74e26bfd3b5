package io.ml4t.storage;

/** Waits for each operation on a locked key. */
record BlockingLockedKey(AsyncLockedKey locked) implements LockedKey {

  @Override
  public StorageKey key() {
    return locked.key();
  }

  @Override
  public boolean exists() {
    return BlockingStorage.await(locked.exists());
  }

  @Override
  public DataObject read() {
    return BlockingStorage.await(locked.read());
  }

  @Override
  public Version write(DataObject data) {
    return BlockingStorage.await(locked.write(data));
  }

  @Override
  public Version append(DataObject data) {
    return BlockingStorage.await(locked.append(data));
  }

  @Override
  public boolean delete() {
    return BlockingStorage.await(locked.delete());
  }
}
