package io.ml4t.storage;

import org.jspecify.annotations.Nullable;

/**
 * What must hold for a write to be committed.
 *
 * @param ifVersion the sequence that the key's newest version must have, {@value #ABSENT} when the
 *     key must not exist, null when anything will do
 */
public record WriteOptions(@Nullable Long ifVersion) {
  /** Stands for "the key does not exist" in {@link #ifVersion()}. */
  public static final long ABSENT = 0;

  private static final WriteOptions DEFAULTS = new WriteOptions(null);

  /** A sequence that no version can have is refused with {@link IllegalArgumentException}. */
  public WriteOptions {
    if (ifVersion != null && ifVersion < ABSENT) {
      throw new IllegalArgumentException("Cannot write if the version is " + ifVersion);
    }
  }

  /** Writes whatever is there. */
  public static WriteOptions defaults() {
    return DEFAULTS;
  }

  /** Writes only where the key does not exist; else {@link CommitConflictException}. */
  public static WriteOptions ifAbsent() {
    return new WriteOptions(ABSENT);
  }

  /**
   * Writes only where the key's newest version is still that one; else {@link
   * CommitConflictException}.
   *
   * @param sequence a {@link Version#sequence()}
   */
  public static WriteOptions ifVersion(long sequence) {
    return new WriteOptions(sequence);
  }
}
