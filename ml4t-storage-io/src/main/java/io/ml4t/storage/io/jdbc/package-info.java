/** Queries of databases. */
@NullMarked
package io.ml4t.storage.io.jdbc;

import org.jspecify.annotations.NullMarked;
