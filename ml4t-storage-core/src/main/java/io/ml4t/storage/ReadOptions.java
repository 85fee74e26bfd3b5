package io.ml4t.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What part of a frame to read, and as of when. Each {@code withX} gives a changed copy.
 *
 * @param columns the columns to read, in that order; empty for all
 * @param from the least timestamp to read, inclusive; null for no bound
 * @param to the greatest timestamp to read, exclusive; null for no bound
 * @param asOfSequence the commit to read as of; null for the newest
 * @param asOfTime the time to read as of; null for the newest
 */
public record ReadOptions(
    List<String> columns,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long asOfSequence,
    @Nullable Instant asOfTime) {

  private static final ReadOptions DEFAULTS = new ReadOptions(List.of(), null, null, null, null);

  /** Options that contradict each other are refused with {@link IllegalArgumentException}. */
  public ReadOptions {
    columns = List.copyOf(columns);
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException(
          "Cannot read from " + from + " to " + to + ": empty range");
    }
    if (asOfSequence != null && asOfTime != null) {
      throw new IllegalArgumentException("Cannot read as of a sequence and a time at once");
    }
  }

  /** Everything, as of now. */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** Everything, as of the commit with that sequence. */
  public static ReadOptions asOf(long sequence) {
    return new ReadOptions(List.of(), null, null, sequence, null);
  }

  /** Everything, as of the newest commit that is not later than the time. */
  public static ReadOptions asOf(Instant time) {
    return new ReadOptions(List.of(), null, null, null, time);
  }

  /** These columns only, in that order. */
  public ReadOptions withColumns(String... columns) {
    return new ReadOptions(List.of(columns), from, to, asOfSequence, asOfTime);
  }

  /** The same part of a frame, where the point in time is given otherwise. */
  ReadOptions withoutAsOf() {
    return new ReadOptions(columns, from, to, null, null);
  }

  /** Only rows from the one timestamp, inclusive, to the other, exclusive; null is no bound. */
  public ReadOptions withRange(@Nullable Instant from, @Nullable Instant to) {
    return new ReadOptions(columns, from, to, asOfSequence, asOfTime);
  }

  /**
   * The columns that must be read for these options: those asked for, and the timestamps where a
   * range is; empty for all.
   */
  public List<String> neededColumns() {
    boolean isRanged = from != null || to != null;
    if (columns.isEmpty() || !isRanged || columns.contains(DataObject.TIMESTAMP)) {
      return columns;
    }
    List<String> needed = new ArrayList<>(columns);
    needed.add(DataObject.TIMESTAMP);
    return needed;
  }

  /** The part that is asked for, of a frame that has the {@link #neededColumns()}. */
  public DataObject part(DataObject whole) {
    if (from == null && to == null) {
      return whole;
    }
    var rows = whole.data().between(DataObject.TIMESTAMP, from, to);
    return DataObject.ofColumns(columns.isEmpty() ? rows : rows.select(columns), whole.metadata());
  }
}
