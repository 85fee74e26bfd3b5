package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the health of a store's locks is down.
 *
 * @param heldThreshold How long a lock on a key may be held before the locks are down.
 * @param awaitedThreshold How long a lock on a key may be waited for before the locks are down.
 */
@ConfigurationProperties("management.health.ml4tstoragelocks")
record LocksHealthProperties(
    @DefaultValue("1m") Duration heldThreshold, @DefaultValue("1m") Duration awaitedThreshold) {

  /** Refuses values that cannot work with {@link StorageConfigurationException}. */
  LocksHealthProperties {
    requireNotNegative("held-threshold", heldThreshold);
    requireNotNegative("awaited-threshold", awaitedThreshold);
  }

  private static void requireNotNegative(String name, Duration value) {
    StorageConfigurationException.require(
        !value.isNegative(), "management.health.ml4tstoragelocks." + name, value, "not negative");
  }
}
