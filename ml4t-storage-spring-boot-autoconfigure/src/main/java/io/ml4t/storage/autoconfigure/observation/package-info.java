/** The store in observations: traces and the timers made of them. */
@NullMarked
package io.ml4t.storage.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
