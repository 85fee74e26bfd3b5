package io.ml4t.storage;

/**
 * What is done while a key is locked, once.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface LockCallback<T> {
  /**
   * Does it; the key stays locked until this returns or throws.
   *
   * @param locked how to read and change the key meanwhile
   * @throws Exception as the caller will get it; what was written stays written
   */
  T run(LockedKey locked) throws Exception;
}
