package io.ml4t.samples.migration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code migration.*}. Where to is the store's {@code ml4t.storage.data-root}.
 *
 * @param from the directory to migrate; null for synthetic data
 * @param prefix leading parts of the keys to migrate; all if empty
 * @param journal the file that notes what is done, so that the next run goes on from there
 * @param verify whether each frame is read back and compared
 * @param dryRun whether to read all and write nothing
 */
@ConfigurationProperties("migration")
record MigrationProperties(
    @Nullable Path from,
    @DefaultValue("") String prefix,
    Path journal,
    @DefaultValue("true") boolean verify,
    @DefaultValue("false") boolean dryRun) {}
