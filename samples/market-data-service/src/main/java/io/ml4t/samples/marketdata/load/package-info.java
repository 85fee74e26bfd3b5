/** What fills the store at start. */
@NullMarked
package io.ml4t.samples.marketdata.load;

import org.jspecify.annotations.NullMarked;
