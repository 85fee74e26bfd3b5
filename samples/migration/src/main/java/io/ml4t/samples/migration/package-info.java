/** A command that migrates a directory into a store. */
@NullMarked
package io.ml4t.samples.migration;

import org.jspecify.annotations.NullMarked;
