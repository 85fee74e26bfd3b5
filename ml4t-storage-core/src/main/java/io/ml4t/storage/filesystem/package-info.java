/**
 * The store on a local file system: a commit log, immutable frames, and a plain view of ordinary
 * Parquet and JSON files that other programs read.
 */
@NullMarked
package io.ml4t.storage.filesystem;

import org.jspecify.annotations.NullMarked;
