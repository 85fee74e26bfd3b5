package io.ml4t.storage.io;

/** What an import does with a key that the store has already. */
public enum ExistingKeys {
  /** The file becomes the key's newest version. */
  REPLACE,
  /** The file's rows are added, the newer row winning where timestamps are equal. */
  APPEND,
  /** The key stays as it is, and the file is skipped unread. */
  SKIP,
  /** The file fails. */
  FAIL
}
