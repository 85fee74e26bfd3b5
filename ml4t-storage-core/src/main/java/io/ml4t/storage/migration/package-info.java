/** Copies what one store holds into another. */
@NullMarked
package io.ml4t.storage.migration;

import org.jspecify.annotations.NullMarked;
