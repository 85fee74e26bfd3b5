/** The store in Micrometer's meters. */
@NullMarked
package io.ml4t.storage.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
