/** The HTTP interface. */
@NullMarked
package io.ml4t.samples.marketdata.web;

import org.jspecify.annotations.NullMarked;
