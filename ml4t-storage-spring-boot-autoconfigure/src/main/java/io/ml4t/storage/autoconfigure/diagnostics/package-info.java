/** Explains starts that failed. */
@NullMarked
package io.ml4t.storage.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
