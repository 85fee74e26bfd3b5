/** Spring Boot's auto-configuration of the store, from the properties {@code ml4t.storage.*}. */
@NullMarked
package io.ml4t.storage.autoconfigure;

import org.jspecify.annotations.NullMarked;
