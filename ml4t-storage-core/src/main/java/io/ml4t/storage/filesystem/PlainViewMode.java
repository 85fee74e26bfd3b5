package io.ml4t.storage.filesystem;

/** How the plain view shows a large frame; a small one is always a file of its own. */
public enum PlainViewMode {
  /** As a hard link to the store's own read-only file. Takes no space. */
  LINK,
  /** As a copy, for programs that overwrite files in place with root's rights. */
  COPY,
  /** Not at all: there is no plain view, and foreign files are not looked for. */
  OFF
}
