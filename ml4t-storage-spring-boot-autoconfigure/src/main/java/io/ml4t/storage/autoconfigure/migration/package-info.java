/** Auto-configuration of migrations: at the start by property, and a list of all that run. */
@NullMarked
package io.ml4t.storage.autoconfigure.migration;

import org.jspecify.annotations.NullMarked;
