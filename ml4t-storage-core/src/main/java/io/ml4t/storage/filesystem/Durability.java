package io.ml4t.storage.filesystem;

/** What an acknowledged write survives. */
public enum Durability {
  /** Every acknowledged write survives a power cut: files and folders are synced. */
  FSYNC,
  /** Every acknowledged write survives the end of the process, but not of the machine. */
  RELAXED
}
