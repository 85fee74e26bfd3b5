/** Comma-separated values, and their like. */
@NullMarked
package io.ml4t.storage.io.csv;

import org.jspecify.annotations.NullMarked;
