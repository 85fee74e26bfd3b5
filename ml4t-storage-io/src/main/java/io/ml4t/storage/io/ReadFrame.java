package io.ml4t.storage.io;

import io.ml4t.storage.Metadata;
import io.ml4t.storage.frame.DataFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds.
 *
 * @param data the rows
 * @param metadata what the file itself says of them, null where it says nothing
 * @param badRows the rows that were left out, in order; at most the first {@value #MAX_BAD_ROWS}
 * @param badRowCount how many rows were left out
 */
public record ReadFrame(
    DataFrame data, @Nullable Metadata metadata, List<BadRow> badRows, long badRowCount) {

  /** How many bad rows of one file are told of, one by one. */
  public static final int MAX_BAD_ROWS = 100;

  /** Copies the list. */
  public ReadFrame {
    badRows = List.copyOf(badRows);
  }

  /** A frame of which no row was left out. */
  public static ReadFrame of(DataFrame data, @Nullable Metadata metadata) {
    return new ReadFrame(data, metadata, List.of(), 0);
  }
}
