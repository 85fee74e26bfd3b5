package io.ml4t.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One committed state of a key.
 *
 * @param key the key
 * @param sequence the number of the commit that made it; rises with time over all keys, and is what
 *     {@link WriteOptions#ifVersion} and {@link ReadOptions#asOf(long)} take
 * @param time when it was committed, in microseconds; later versions have later times
 * @param deleted whether the commit deleted the key; rows and bytes are then zero
 * @param rows the number of rows
 * @param bytes the size of the Parquet file
 * @param firstTimestamp the least timestamp, null where there are no rows
 * @param lastTimestamp the greatest timestamp, null where there are no rows
 */
public record Version(
    StorageKey key,
    long sequence,
    Instant time,
    boolean deleted,
    long rows,
    long bytes,
    @Nullable Instant firstTimestamp,
    @Nullable Instant lastTimestamp) {}
