package io.ml4t.storage.filesystem;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.InvalidDataException;

/** Adds rows to a frame. */
public final class Appends {
  private Appends() {}

  /** The rows of both in order of time; where both have a timestamp, the newer row. */
  public static DataObject merge(DataObject older, DataObject newer) {
    try {
      return newer.withData(older.data().mergeOn(DataObject.TIMESTAMP, newer.data()));
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException("Cannot append to " + newer.key() + ": " + e.getMessage(), e);
    }
  }

  /** The rows in order of time, the last one where several have a timestamp. */
  public static DataObject sorted(DataObject rows) {
    return merge(rows.withData(rows.data().head(0)), rows);
  }
}
