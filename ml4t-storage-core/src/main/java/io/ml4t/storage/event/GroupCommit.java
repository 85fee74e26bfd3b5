package io.ml4t.storage.event;

import java.time.Duration;

/**
 * One record of the commit log, with the commits that waited at the same time.
 *
 * @param sequence its place in the log
 * @param commits how many commits it holds
 * @param changes how many keys it writes or deletes
 * @param bytes the size of its frames as Parquet files
 * @param took how long the record took to decide, write and sync
 */
public record GroupCommit(long sequence, int commits, int changes, long bytes, Duration took) {}
