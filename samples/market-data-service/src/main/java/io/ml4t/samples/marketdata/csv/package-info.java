/** Frames from CSV and back. */
@NullMarked
package io.ml4t.samples.marketdata.csv;

import org.jspecify.annotations.NullMarked;
