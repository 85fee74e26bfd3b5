package io.ml4t.storage.filesystem;

/** When the plain view shows a commit. */
public enum PublishMode {
  /** Before the write's future completes. */
  WITH_COMMIT,
  /**
   * In the background, only the newest version of each key; on flush and on close at the latest.
   */
  BEHIND
}
