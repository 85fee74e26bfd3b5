/**
 * The store as its users see it: keys, frames with metadata, and the blocking and non-blocking
 * interfaces. Nothing here knows of files, Parquet or threads.
 */
@NullMarked
package io.ml4t.storage;

import org.jspecify.annotations.NullMarked;
