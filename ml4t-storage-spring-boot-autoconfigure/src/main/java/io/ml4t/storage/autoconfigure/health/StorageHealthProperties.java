package io.ml4t.storage.autoconfigure.health;

import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When a store's health is down.
 *
 * @param freeSpaceThreshold Usable space below which the store is down.
 */
@ConfigurationProperties("management.health.ml4tstorage")
record StorageHealthProperties(@DefaultValue("10MB") DataSize freeSpaceThreshold) {

  /** Refuses values that cannot work with {@link StorageConfigurationException}. */
  StorageHealthProperties {
    StorageConfigurationException.require(
        !freeSpaceThreshold.isNegative(),
        "management.health.ml4tstorage.free-space-threshold",
        freeSpaceThreshold,
        "not negative");
  }
}
