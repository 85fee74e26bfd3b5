package io.ml4t.storage;

/**
 * What a transaction does. It may run several times, so it should touch nothing but the
 * transaction; it must not commit or roll back itself.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface TransactionCallback<T> {
  /**
   * Reads and changes.
   *
   * @return the result of the transaction once it is committed
   * @throws Exception to roll back; the caller gets it
   */
  T run(Transaction transaction) throws Exception;
}
