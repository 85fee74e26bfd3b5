package io.ml4t.storage.autoconfigure.migration;

import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import io.ml4t.storage.migration.ExistingKeys;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A migration at the start of the application.
 *
 * @param from Directory of ml4t-data to migrate into the store when the application starts. None is
 *     migrated unless set.
 * @param prefix Which keys to migrate. All unless set.
 * @param concurrency How many keys are under way at once.
 * @param existing What becomes of a key that the store has already.
 * @param verify Whether each frame is read back and compared.
 * @param dryRun Whether to read all and write nothing.
 * @param journal File in which to note what is done, so that a migration that was stopped goes on
 *     at the next start. Without one, the next start compares all keys.
 */
@ConfigurationProperties("ml4t.storage.migration")
record MigrationProperties(
    @DefaultValue("") String from,
    @DefaultValue("") String prefix,
    @DefaultValue("10") int concurrency,
    @DefaultValue("skip-same") ExistingKeys existing,
    @DefaultValue("true") boolean verify,
    @DefaultValue("false") boolean dryRun,
    @DefaultValue("") String journal) {

  /** Refuses values that cannot work with {@link StorageConfigurationException}. */
  MigrationProperties {
    if (concurrency < 1 || concurrency > 1_024) {
      throw refused("concurrency", concurrency, "expected 1 to 1024");
    }
    try {
      KeyPrefix.parse(prefix);
    } catch (InvalidKeyException e) {
      throw refused("prefix", prefix, "no key can have it");
    }
  }

  static StorageConfigurationException refused(String name, Object value, String reason) {
    return new StorageConfigurationException(
        "ml4t.storage.migration." + name, value, reason, "change the value");
  }
}
