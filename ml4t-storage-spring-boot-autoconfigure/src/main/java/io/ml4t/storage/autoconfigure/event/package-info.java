/** Commits as application events. */
@NullMarked
package io.ml4t.storage.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
