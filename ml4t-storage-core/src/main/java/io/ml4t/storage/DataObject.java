package io.ml4t.storage;

import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds under one key: a frame and its metadata. Immutable.
 *
 * <p>The frame has a column {@code timestamp} of timestamps and numeric columns {@code open},
 * {@code high}, {@code low}, {@code close} and {@code volume}; further columns are free.
 */
public final class DataObject {
  /** The name of the column that rows are ordered and searched by. */
  public static final String TIMESTAMP = "timestamp";

  private static final List<String> NUMERIC = List.of("open", "high", "low", "close", "volume");

  private final DataFrame data;
  private final Metadata metadata;

  /**
   * A frame and its metadata.
   *
   * @throws InvalidDataException if a required column is missing or of the wrong type
   */
  public DataObject(DataFrame data, Metadata metadata) {
    this(data, metadata, true);
  }

  private DataObject(DataFrame data, Metadata metadata, boolean whole) {
    this.data = data;
    this.metadata = metadata;
    check(TIMESTAMP, "a timestamp", whole);
    NUMERIC.forEach(name -> check(name, "a number (double, float, long or int)", whole));
  }

  /**
   * Some columns of a frame, as a read with {@link ReadOptions#columns()} gives. Where a required
   * column is missing the object cannot be written.
   *
   * @throws InvalidDataException if a required column is there, but of the wrong type
   */
  public static DataObject ofColumns(DataFrame data, Metadata metadata) {
    return new DataObject(data, metadata, false);
  }

  private void check(String name, String expected, boolean required) {
    if (!data.hasColumn(name)) {
      if (required) {
        throw new InvalidDataException(
            "Cannot store frame for %s: column '%s' is missing, expected %s; the frame has %s"
                .formatted(metadata.key(), name, expected, data.columnNames()));
      }
      return;
    }
    ColumnType type = data.column(name).type();
    if (name.equals(TIMESTAMP) ? type != ColumnType.TIMESTAMP : !type.isNumeric()) {
      throw new InvalidDataException(
          "Cannot store frame for %s: column '%s' is %s, expected %s"
              .formatted(metadata.key(), name, data.column(name).describe(), expected));
    }
  }

  /**
   * Checks that no required column is missing.
   *
   * @throws InvalidDataException if one is
   */
  public void requireComplete() {
    check(TIMESTAMP, "a timestamp", true);
    NUMERIC.forEach(name -> check(name, "a number (double, float, long or int)", true));
  }

  /**
   * Checks that no two frames belong to the same key.
   *
   * @throws InvalidDataException if two do
   */
  public static void requireDistinct(Collection<DataObject> frames) {
    Set<StorageKey> keys = new HashSet<>();
    for (DataObject frame : frames) {
      if (!keys.add(frame.key())) {
        throw new InvalidDataException(
            "Cannot store " + frame.key() + " twice at once: two of the frames belong to it");
      }
    }
  }

  /**
   * Checks that the frame belongs to a key.
   *
   * @param verb what is to be done with it
   * @throws InvalidDataException if it does not
   */
  public void requireKey(String verb, StorageKey key) {
    if (!key.equals(key())) {
      throw new InvalidDataException(
          "Cannot " + verb + " " + key + ": the data belongs to " + key());
    }
  }

  /** The rows. */
  public DataFrame data() {
    return data;
  }

  /** Where the rows come from, and the key that they belong to. */
  public Metadata metadata() {
    return metadata;
  }

  /** The key that the metadata names. */
  public StorageKey key() {
    return metadata.key();
  }

  /** The same metadata with other rows. */
  public DataObject withData(DataFrame other) {
    return new DataObject(other, metadata);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataObject that
        && data.equals(that.data)
        && metadata.equals(that.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(data, metadata);
  }

  @Override
  public String toString() {
    return metadata.key() + "\n" + data;
  }
}
