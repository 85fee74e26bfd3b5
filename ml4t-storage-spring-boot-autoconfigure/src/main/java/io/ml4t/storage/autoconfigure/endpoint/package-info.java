/** The store in Actuator's endpoint {@code ml4tstorage}. */
@NullMarked
package io.ml4t.storage.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
