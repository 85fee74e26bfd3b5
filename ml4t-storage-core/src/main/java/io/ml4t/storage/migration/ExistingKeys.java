package io.ml4t.storage.migration;

/** What becomes of a key that the target has already. */
public enum ExistingKeys {
  /** It is written, whatever is there. */
  OVERWRITE,

  /** It is written, unless its frame and metadata are the same already. */
  SKIP_SAME,

  /** It is left as it is, and counts as failed. */
  FAIL
}
