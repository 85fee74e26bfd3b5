package io.ml4t.storage.migration;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.KeyPrefix;
import io.ml4t.storage.Storage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the newest frames and their metadata from one store to another, whatever the two are made
 * of. Collects what to do, and does it. Not thread-safe; what it starts is.
 *
 * <pre>{@code
 * MigrationReport report =
 *     StorageMigrator.from(PlainDirectoryStorage.builder(python).readOnly().build())
 *         .to(storage)
 *         .verify(true)
 *         .onProgress(progress -> log.info("{}", progress))
 *         .run();
 * }</pre>
 *
 * <p>A key that fails is reported, and the others go on. Keys are independent of each other: the
 * target is not the source as of one moment, unless nobody writes to the source meanwhile. Older
 * versions and deletions are not migrated. Neither store is closed.
 */
public final class StorageMigrator {
  private static final int MAX_CONCURRENCY = 1_024;

  private final Storage source;
  private @Nullable Storage target;
  private String prefix = "";
  private int concurrency = 10;
  private long memory = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 4);
  private ExistingKeys existing = ExistingKeys.SKIP_SAME;
  private boolean verify;
  private boolean dryRun;
  private @Nullable Path journal;
  private double keysPerSecond = Double.POSITIVE_INFINITY;
  private double bytesPerSecond = Double.POSITIVE_INFINITY;
  private Consumer<MigrationProgress> listener = progress -> {};

  private StorageMigrator(Storage source) {
    this.source = Objects.requireNonNull(source);
  }

  /** Migrates from a blocking store; see {@link MigrationSource} for what it may do to help. */
  public static StorageMigrator from(Storage source) {
    return new StorageMigrator(source);
  }

  /** Migrates from a non-blocking store. */
  public static StorageMigrator from(AsyncStorage source) {
    return new StorageMigrator(source.blocking());
  }

  /** Sets where to migrate to. */
  public StorageMigrator to(Storage target) {
    require(target != source, "Cannot migrate a store to itself");
    this.target = target;
    return this;
  }

  /** Sets where to migrate to. */
  public StorageMigrator to(AsyncStorage target) {
    return to(target.blocking());
  }

  /**
   * Sets which keys to migrate, as {@link Storage#listKeys(String)} takes it; all unless set.
   *
   * @throws io.ml4t.storage.InvalidKeyException if no key can have that prefix
   */
  public StorageMigrator prefix(String prefix) {
    KeyPrefix.parse(prefix);
    this.prefix = prefix;
    return this;
  }

  /**
   * Sets how many keys are under way at once, 1 to 1,024; 10 unless set. The next key begins when
   * any of them is done.
   */
  public StorageMigrator concurrency(int keys) {
    require(
        keys >= 1 && keys <= MAX_CONCURRENCY,
        "Cannot migrate %d keys at once: at least 1, at most %d".formatted(keys, MAX_CONCURRENCY));
    concurrency = keys;
    return this;
  }

  /**
   * Sets how many bytes the frames under way may take in memory, at least 1 MiB; a quarter of the
   * heap, and at least 16 MiB, unless set. Fewer keys are under way where they would take more; a
   * frame that is larger on its own goes alone.
   */
  public StorageMigrator memoryLimit(long bytes) {
    require(bytes >= 1 << 20, "Cannot migrate with " + bytes + " bytes: at least 1 MiB");
    memory = bytes;
    return this;
  }

  /** Sets what becomes of keys that the target has already; they are compared unless set. */
  public StorageMigrator existing(ExistingKeys choice) {
    existing = Objects.requireNonNull(choice);
    return this;
  }

  /**
   * Sets whether each frame is read back from the target and compared, rows and metadata; not
   * unless set. One that differs counts as failed.
   */
  public StorageMigrator verify(boolean on) {
    verify = on;
    return this;
  }

  /** Sets whether to read all and write nothing, which finds what would fail; not unless set. */
  public StorageMigrator dryRun(boolean on) {
    dryRun = on;
    return this;
  }

  /**
   * Sets a file in which to note what is done, so that a migration that was cancelled or killed
   * goes on where it was when it is run again. A key that has changed in the source since is
   * migrated again. The file is deleted when all keys have been migrated; without one, a second run
   * compares or writes all keys anew.
   */
  public StorageMigrator journal(Path file) {
    journal = Objects.requireNonNull(file);
    return this;
  }

  /** Sets how many keys may begin in a second; as many as can unless set. */
  public StorageMigrator keysPerSecond(double keys) {
    require(keys > 0, "Cannot migrate " + keys + " keys per second");
    keysPerSecond = keys;
    return this;
  }

  /** Sets how many bytes of files may be read in a second; as many as can unless set. */
  public StorageMigrator bytesPerSecond(double bytes) {
    require(bytes > 0, "Cannot migrate " + bytes + " bytes per second");
    bytesPerSecond = bytes;
    return this;
  }

  /**
   * Sets who is told after each key, by one thread at a time. It should return soon; what it throws
   * is logged once.
   */
  public StorageMigrator onProgress(Consumer<MigrationProgress> listener) {
    this.listener = Objects.requireNonNull(listener);
    return this;
  }

  /**
   * Begins in the background.
   *
   * @throws IllegalStateException if no target was set
   * @throws io.ml4t.storage.StorageException if the journal cannot be used
   */
  public Migration start() {
    Storage into = target;
    if (into == null) {
      throw new IllegalStateException("Cannot migrate: no target is set; call to(...)");
    }
    return Migration.start(
        source,
        into,
        new MigrationOptions(
            prefix,
            concurrency,
            memory,
            existing,
            verify,
            dryRun,
            journal,
            keysPerSecond,
            bytesPerSecond,
            listener));
  }

  /**
   * Migrates, and waits for the end. An interrupt cancels the migration.
   *
   * @throws IllegalStateException if no target was set
   * @throws io.ml4t.storage.StorageException if the source cannot list its keys, or the journal
   *     cannot be used
   */
  public MigrationReport run() {
    return start().await();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
