/** Avro records and frames, by the conventions of parquet-avro. */
@NullMarked
package io.ml4t.storage.io.avro;

import org.jspecify.annotations.NullMarked;
