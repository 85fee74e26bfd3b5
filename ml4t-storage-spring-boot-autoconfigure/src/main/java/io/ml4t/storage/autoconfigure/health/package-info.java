/** The store in Actuator's health endpoint. */
@NullMarked
package io.ml4t.storage.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
