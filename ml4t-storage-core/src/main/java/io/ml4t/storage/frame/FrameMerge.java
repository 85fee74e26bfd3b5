package io.ml4t.storage.frame;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Merges a frame with a newer one by timestamp. */
final class FrameMerge {
  /** The rows of both frames in one type. */
  private record Pair(Column older, Column newer) {}

  private final String timestamp;
  private final DataFrame older;
  private final DataFrame newer;

  private FrameMerge(String timestamp, DataFrame older, DataFrame newer) {
    this.timestamp = timestamp;
    this.older = older;
    this.newer = newer;
  }

  static DataFrame merge(String timestamp, DataFrame older, DataFrame newer) {
    return new FrameMerge(timestamp, older, newer).merge();
  }

  private DataFrame merge() {
    checkTimestamps("this frame", older);
    checkTimestamps("the newer frame", newer);
    Pair times = pair(timestamp);
    int[] rows = rows((TimestampColumn) times.older(), (TimestampColumn) times.newer());
    boolean inPlace = isIdentity(rows, older.rowCount() + newer.rowCount());

    Set<String> names = new LinkedHashSet<>(older.columnNames());
    names.addAll(newer.columnNames());
    Map<String, Column> merged = new LinkedHashMap<>();
    for (String name : names) {
      Pair pair = pair(name);
      Column all = pair.older().concat(pair.newer());
      merged.put(name, inPlace ? all : all.take(rows));
    }
    return DataFrame.of(merged);
  }

  private void checkTimestamps(String which, DataFrame frame) {
    int row = frame.timestamps(timestamp).validity().firstNull();
    if (row >= 0) {
      throw new IllegalArgumentException(
          "Cannot merge on column '%s': it is null in row %d of %s"
              .formatted(timestamp, row, which));
    }
  }

  private Pair pair(String name) {
    if (!older.hasColumn(name)) {
      Column column = newer.column(name);
      return new Pair(column.nulls(older.rowCount()), column);
    }
    Column column = older.column(name);
    if (!newer.hasColumn(name)) {
      return new Pair(column, column.nulls(newer.rowCount()));
    }
    return reconcile(name, column, newer.column(name));
  }

  /** Both in the older's type where that holds every value exactly, else in the newer's. */
  private static Pair reconcile(String name, Column older, Column newer) {
    Column target = older;
    if (!ExactCast.isExact(newer, older)) {
      target =
          older instanceof TimestampColumn times && newer instanceof TimestampColumn others
              ? TimestampColumn.of(others.unit(), times.isUtc())
              : newer;
      if (!ExactCast.isExact(older, target)) {
        throw new IllegalArgumentException(
            "Cannot merge column '%s': it is %s here and %s in the newer frame; %s, and %s"
                .formatted(
                    name,
                    older.describe(),
                    newer.describe(),
                    ExactCast.obstacle(newer, older),
                    ExactCast.obstacle(older, target)));
      }
    }
    return new Pair(ExactCast.apply(older, target), ExactCast.apply(newer, target));
  }

  /** The rows that stay, sorted by time; those of the newer frame count on from the older's. */
  private static int[] rows(TimestampColumn older, TimestampColumn newer) {
    int[] olderRows = sorted(older);
    int[] newerRows = lastOfEach(newer, sorted(newer));
    int[] merged = new int[olderRows.length + newerRows.length];
    int size = 0;
    int o = 0;
    for (int row : newerRows) {
      long time = newer.get(row);
      while (o < olderRows.length && older.get(olderRows[o]) < time) {
        merged[size++] = olderRows[o++];
      }
      while (o < olderRows.length && older.get(olderRows[o]) == time) {
        o++;
      }
      merged[size++] = older.size() + row;
    }
    while (o < olderRows.length) {
      merged[size++] = olderRows[o++];
    }
    return Arrays.copyOf(merged, size);
  }

  /** The rows in the order of their timestamps; equal ones stay in theirs. */
  private static int[] sorted(TimestampColumn times) {
    IntStream rows = IntStream.range(0, times.size());
    return times.isAscending()
        ? rows.toArray()
        : rows.boxed()
            .sorted(Comparator.comparingLong(times::get))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private static int[] lastOfEach(TimestampColumn times, int[] sorted) {
    return IntStream.range(0, sorted.length)
        .filter(i -> i + 1 == sorted.length || times.get(sorted[i]) != times.get(sorted[i + 1]))
        .map(i -> sorted[i])
        .toArray();
  }

  private static boolean isIdentity(int[] rows, int size) {
    return rows.length == size && IntStream.range(0, size).allMatch(i -> rows[i] == i);
  }
}
