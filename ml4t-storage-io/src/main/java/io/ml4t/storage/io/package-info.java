/**
 * Frames from elsewhere into a store, and out of it: what is common to all formats. {@link
 * io.ml4t.storage.io.FolderImport} and {@link io.ml4t.storage.io.FolderExport} are where to begin.
 */
@NullMarked
package io.ml4t.storage.io;

import org.jspecify.annotations.NullMarked;
