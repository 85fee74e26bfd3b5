package io.ml4t.storage.filesystem;

/**
 * How much a store holds, as far as its index tells.
 *
 * @param keys how many keys exist
 * @param rows how many rows their newest versions have
 * @param bytes the size of their newest versions as Parquet files
 * @param versions how many versions are kept, of deleted keys too
 * @param versionBytes the size of all kept versions as Parquet files
 */
public record StorageStatistics(
    long keys, long rows, long bytes, long versions, long versionBytes) {

  static StorageStatistics of(Index index) {
    long keys = 0;
    long rows = 0;
    long bytes = 0;
    long versions = 0;
    long versionBytes = 0;
    for (KeyHistory history : index.keys().values()) {
      Entry.Frame newest = history.newest().frame();
      if (newest != null) {
        keys++;
        rows += newest.rows();
        bytes += newest.location().length();
      }
      for (Entry entry : history.entries()) {
        if (entry.frame() != null) {
          versions++;
          versionBytes += entry.frame().location().length();
        }
      }
    }
    return new StorageStatistics(keys, rows, bytes, versions, versionBytes);
  }
}
