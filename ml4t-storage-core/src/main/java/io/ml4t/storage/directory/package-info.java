/**
 * Directories of plain Parquet files, as the Python library ml4t-data writes them: no log, no
 * versions, no transactions. What a migration reads from, and what it can write back to.
 */
@NullMarked
package io.ml4t.storage.directory;

import org.jspecify.annotations.NullMarked;
