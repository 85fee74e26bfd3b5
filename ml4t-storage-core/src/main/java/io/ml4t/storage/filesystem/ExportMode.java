package io.ml4t.storage.filesystem;

/** How an exported tree gets the frames that are files of their own. */
public enum ExportMode {
  /** As hard links: no space, no time, and only on the store's own file system. */
  LINK,
  /** As copies: for other devices, and for programs that overwrite files in place. */
  COPY
}
