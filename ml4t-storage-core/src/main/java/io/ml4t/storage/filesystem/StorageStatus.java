package io.ml4t.storage.filesystem;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
 * @param load what its callers have it do
 * @param readCache the frames that it keeps in memory
 * @param abandoned what had not come to its end when the store was closed, by its names; empty
 *     while the store is open
 * @param recovery what was found when the store was opened
 */
public record StorageStatus(
    Path root,
    long headSequence,
    @Nullable Instant lastCommitTime,
    int keys,
    int plainViewLag,
    @Nullable String plainViewFailure,
    Load load,
    ReadCache readCache,
    List<String> abandoned,
    Recovery recovery) {

  /**
   * What the store's callers have it do.
   *
   * @param running how many operations are under way
   * @param waiting how many wait for room
   * @param runningBytes what the frames of those under way take, in bytes, about
   * @param waitingBytes what the frames of those that wait take, in bytes, about
   */
  public record Load(int running, int waiting, long runningBytes, long waitingBytes) {}

  /**
   * The small frames that were read last, which are kept decoded. Counts are since the store was
   * opened.
   *
   * @param hits how many frames were found here
   * @param misses how many were not, and were read from their files; a large frame always is
   * @param evictions how many made room for others
   * @param frames how many are here
   * @param bytes how much of the heap they take, in bytes, about
   */
  public record ReadCache(long hits, long misses, long evictions, int frames, long bytes) {}

  /**
   * What was found when the store was opened.
   *
   * <p>A store can be used before all of its plain files have been looked at. Until then, nothing
   * is known to have been found.
   *
   * @param sequence the newest commit then
   * @param adopted how many plain files of other programs became versions
   * @param refused how many plain files of other programs could not be read; the log names each
   * @param republished how many plain files were missing or behind, and were made anew
   * @param millis how long opening took, in milliseconds; with the look at the plain files, once it
   *     is complete
   * @param complete whether all plain files have been looked at
   */
  public record Recovery(
      long sequence, int adopted, int refused, int republished, long millis, boolean complete) {}
}
