package io.ml4t.storage;

import java.time.Instant;
import java.util.List;

/**
 * What one commit has changed, all at once.
 *
 * @param sequence the number of the commit; each commit's is one more than that of the one before
 * @param time when it was made, in microseconds; later commits have later times
 * @param versions the new version of each key that it changed; a deleted key's is marked so
 */
public record Commit(long sequence, Instant time, List<Version> versions) {
  /** The versions are copied. */
  public Commit {
    versions = List.copyOf(versions);
  }
}
