/** A test slice of Spring Boot for code that uses a store. */
@NullMarked
package io.ml4t.storage.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
