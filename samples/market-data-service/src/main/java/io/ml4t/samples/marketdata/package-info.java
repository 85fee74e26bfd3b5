/** A web service that takes, keeps and serves candles. */
@NullMarked
package io.ml4t.samples.marketdata;

import org.jspecify.annotations.NullMarked;
