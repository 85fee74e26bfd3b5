package io.ml4t.storage.migration;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to migrate.
 *
 * @param memory how many bytes of frames may be under way at once
 * @param journal where to note what is done, null for nowhere
 * @param keysPerSecond at most; infinite for no limit
 * @param bytesPerSecond at most; infinite for no limit
 */
record MigrationOptions(
    String prefix,
    int concurrency,
    long memory,
    ExistingKeys existing,
    boolean verify,
    boolean dryRun,
    @Nullable Path journal,
    double keysPerSecond,
    double bytesPerSecond,
    Consumer<MigrationProgress> listener) {}
