/** Columns as they grow, a value at a time. */
@NullMarked
package io.ml4t.storage.io.column;

import org.jspecify.annotations.NullMarked;
