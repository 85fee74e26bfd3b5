/**
 * Exclusive locks on keys, within a process and between processes. They are asynchronous, fair, and
 * leave nothing behind for keys that nobody holds or awaits.
 *
 * <p>A request stands in the queue of every key that it wants, and is granted when it is first in
 * all of them. Between processes it then takes one byte of a shared lock file for each key.
 */
@NullMarked
package io.ml4t.storage.lock;

import org.jspecify.annotations.NullMarked;
