/**
 * Immutable columnar frames over primitive arrays: named, typed, nullable columns, and the bridge
 * between frames and records.
 */
@NullMarked
package io.ml4t.storage.frame;

import org.jspecify.annotations.NullMarked;
