package io.ml4t.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a whole store has found.
 *
 * @param keys how many keys exist
 * @param versions how many stored frames were read
 * @param bytes how many bytes they have
 * @param problems what is wrong, empty where all is well
 */
public record VerificationReport(long keys, long versions, long bytes, List<Problem> problems) {

  /**
   * Something that is wrong.
   *
   * @param file the file, relative to the data root
   * @param key the key that it concerns, null where it concerns none or all
   * @param reason what is wrong with it
   * @param remedy what a repair does about it
   */
  public record Problem(String file, @Nullable StorageKey key, String reason, Remedy remedy) {}

  /** What a repair does about a problem. It never deletes anything. */
  public enum Remedy {
    /** Writes the plain files again; what was there is moved to the quarantine. */
    PUBLISH,
    /** Commits the same frame anew, from its intact plain file. */
    RESTORE,
    /** Keeps the broken bytes in the quarantine; older versions of the key can be restored. */
    QUARANTINE
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return problems.isEmpty();
  }
}
