package io.ml4t.storage.filesystem;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a store is doing, as far as this process knows without a look at the disk.
 *
 * @param root the data root
 * @param headSequence the newest commit, 0 where there is none
 * @param lastCommitTime when it was made, null where there is none
 * @param keys how many keys there are
 * @param plainViewLag how many keys' plain files are behind the log
 * @param plainViewFailure why the plain view could not be brought up to date, null where it could
 * @param recovery what was found when the store was opened
 */
public record StorageStatus(
    Path root,
    long headSequence,
    @Nullable Instant lastCommitTime,
    int keys,
    int plainViewLag,
    @Nullable String plainViewFailure,
    Recovery recovery) {

  /**
   * What was found when the store was opened.
   *
   * @param sequence the newest commit then
   * @param adopted how many plain files of other programs became versions
   * @param refused how many plain files of other programs could not be read; the log names each
   * @param republished how many plain files were missing or behind, and were made anew
   * @param millis how long opening took, in milliseconds
   */
  public record Recovery(long sequence, int adopted, int refused, int republished, long millis) {}
}
