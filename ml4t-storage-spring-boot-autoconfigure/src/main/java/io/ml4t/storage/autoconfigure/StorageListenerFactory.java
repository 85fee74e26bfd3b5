package io.ml4t.storage.autoconfigure;

import io.ml4t.storage.event.StorageListener;

/**
 * Makes the listeners of the auto-configured stores, one for each. A listener that does not care
 * which store it hears can be a bean of type {@link StorageListener} instead.
 */
@FunctionalInterface
public interface StorageListenerFactory {

  /**
   * The listener of a store.
   *
   * @param store the name of the store, {@code default} where there is only one
   */
  StorageListener listener(String store);
}
