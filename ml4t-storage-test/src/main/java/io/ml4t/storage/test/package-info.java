/** For tests of code that uses a store. Needs JUnit and AssertJ, and no Spring. */
@NullMarked
package io.ml4t.storage.test;

import org.jspecify.annotations.NullMarked;
