/** What a store tells of its work while it does it, for metrics and tracing. */
@NullMarked
package io.ml4t.storage.event;

import org.jspecify.annotations.NullMarked;
