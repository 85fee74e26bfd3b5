package io.ml4t.storage.autoconfigure.migration;

import io.ml4t.storage.migration.Migration;
import io.ml4t.storage.migration.StorageMigrator;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The migrations of this application, which {@code /actuator/ml4tstorage/migrations} shows: the one
 * at the start, and those that the application starts here. Thread-safe.
 */
public final class StorageMigrations {
  private final Map<String, Migration> migrations = new TreeMap<>();

  /**
   * Starts a migration, and keeps it under a name, in the place of one of that name that is over.
   *
   * @throws IllegalStateException if one of that name is running
   */
  public synchronized Migration start(String name, StorageMigrator migrator) {
    Migration last = migrations.get(name);
    if (last != null && !last.report().isDone()) {
      throw new IllegalStateException("Cannot start migration '" + name + "': it is running");
    }
    Migration migration = migrator.start();
    migrations.put(name, migration);
    return migration;
  }

  /** All of them by name, the newest of each. */
  public synchronized Map<String, Migration> all() {
    return Collections.unmodifiableMap(new TreeMap<>(migrations));
  }
}
