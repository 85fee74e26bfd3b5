/** Parquet files, one frame each. */
@NullMarked
package io.ml4t.storage.io.parquet;

import org.jspecify.annotations.NullMarked;
