package io.ml4t.storage.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameMergeTests {

  private static DataFrame frame(long[] seconds, double... close) {
    return DataFrame.builder()
        .column("timestamp", TimestampColumn.of(TimestampUnit.MICROS, true, micros(seconds)))
        .doubles("close", close)
        .build();
  }

  private static DataFrame with(Column column) {
    long[] seconds = IntStream.range(0, column.size()).asLongStream().toArray();
    return frame(seconds, new double[column.size()]).withColumn("x", column);
  }

  private static long[] micros(long... seconds) {
    return IntStream.range(0, seconds.length).mapToLong(i -> seconds[i] * 1_000_000).toArray();
  }

  private static long[] at(long... seconds) {
    return seconds;
  }

  @Test
  void later_rows_are_appended() {
    assertThat(frame(at(1, 2), 10, 20).mergeOn("timestamp", frame(at(3), 30)))
        .isEqualTo(frame(at(1, 2, 3), 10, 20, 30));
  }

  @Test
  void earlier_rows_and_rows_between_are_put_in_order() {
    assertThat(frame(at(2, 4), 20, 40).mergeOn("timestamp", frame(at(1, 3), 10, 30)))
        .isEqualTo(frame(at(1, 2, 3, 4), 10, 20, 30, 40));
  }

  @Test
  void of_rows_with_one_timestamp_the_newer_wins() {
    assertThat(frame(at(1, 2, 3), 10, 20, 30).mergeOn("timestamp", frame(at(2, 3, 4), 21, 31, 41)))
        .isEqualTo(frame(at(1, 2, 3, 4), 10, 21, 31, 41));
  }

  @Test
  void of_rows_with_one_timestamp_in_the_newer_frame_the_last_wins() {
    assertThat(frame(at(1), 10).mergeOn("timestamp", frame(at(2, 1, 2), 20, 11, 21)))
        .isEqualTo(frame(at(1, 2), 11, 21));
  }

  @Test
  void rows_of_this_frame_stay_unless_the_newer_replaces_them() {
    assertThat(frame(at(2, 2, 1, 1), 20, 21, 10, 11).mergeOn("timestamp", frame(at(1), 12)))
        .isEqualTo(frame(at(1, 2, 2), 12, 20, 21));
  }

  @Test
  void a_frame_without_rows_changes_nothing_but_the_order() {
    DataFrame none = frame(at());

    assertThat(frame(at(2, 1), 20, 10).mergeOn("timestamp", none))
        .isEqualTo(frame(at(1, 2), 10, 20));
    assertThat(none.mergeOn("timestamp", frame(at(2, 1), 20, 10)))
        .isEqualTo(frame(at(1, 2), 10, 20));
    assertThat(none.mergeOn("timestamp", none)).isEqualTo(none);
  }

  @Test
  void columns_are_matched_by_name_and_keep_this_frames_order() {
    DataFrame newer =
        DataFrame.builder()
            .strings("note", "new")
            .doubles("close", 20)
            .timestamps("timestamp", Instant.ofEpochSecond(2))
            .build();

    DataFrame merged =
        frame(at(1), 10).withColumn("volume", LongColumn.of(5)).mergeOn("timestamp", newer);

    assertThat(merged)
        .isEqualTo(
            frame(at(1, 2), 10, 20)
                .withColumn("volume", LongColumn.ofNullable(5L, null))
                .withColumn("note", StringColumn.of(null, "new")));
  }

  @Test
  void the_newer_frame_takes_this_frames_unit_and_zone_rule_where_that_is_exact() {
    DataFrame older = DataFrame.builder().localTimestamps("t", time(1)).build();
    DataFrame newer =
        DataFrame.of(Map.of("t", TimestampColumn.of(TimestampUnit.NANOS, true, 2_000_000_000L)));

    assertThat(older.mergeOn("t", newer))
        .isEqualTo(DataFrame.builder().localTimestamps("t", time(1), time(2)).build());
  }

  @Test
  void this_frame_takes_the_finer_unit_where_the_newer_needs_it() {
    DataFrame older = DataFrame.builder().localTimestamps("t", time(-1)).build();
    DataFrame newer = DataFrame.of(Map.of("t", TimestampColumn.of(TimestampUnit.NANOS, true, -1)));

    assertThat(older.mergeOn("t", newer).timestamps("t"))
        .isEqualTo(TimestampColumn.of(TimestampUnit.NANOS, false, -1_000_000_000L, -1));
  }

  @Test
  void units_that_cannot_hold_each_other_are_refused_with_the_row() {
    DataFrame older =
        DataFrame.builder().timestamps("t", Instant.parse("9999-12-31T00:00:00Z")).build();
    DataFrame newer = DataFrame.of(Map.of("t", TimestampColumn.of(TimestampUnit.NANOS, true, 1)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> older.mergeOn("t", newer))
        .withMessage(
            "Cannot merge column 't': it is timestamp(micros, utc) here and timestamp(nanos, utc)"
                + " in the newer frame; timestamp(micros, utc) cannot hold"
                + " 1970-01-01T00:00:00.000000001Z in row 0, and timestamp(nanos, utc) cannot hold"
                + " 9999-12-31T00:00:00Z in row 0");
  }

  @Test
  void numbers_take_this_frames_type_where_that_is_exact_and_else_the_newers() {
    assertX(LongColumn.of(1), IntColumn.of(2), LongColumn.of(2));
    assertX(DoubleColumn.of(1), LongColumn.of(2), DoubleColumn.of(2));
    assertX(DoubleColumn.of(1), FloatColumn.of(2.5f), DoubleColumn.of(2.5));
    assertX(LongColumn.of(1), DoubleColumn.of(2), LongColumn.of(2));
    assertX(LongColumn.of(1), DoubleColumn.of(2.5), DoubleColumn.of(2.5));
    assertX(LongColumn.of(1), DoubleColumn.of(-0.0), DoubleColumn.of(-0.0));
    assertX(LongColumn.of(1), DoubleColumn.of(0x1p63), DoubleColumn.of(0x1p63));
    assertX(IntColumn.of(1), LongColumn.of(2), LongColumn.of(2));
    assertX(FloatColumn.of(1), DoubleColumn.of(0.1), DoubleColumn.of(0.1));
    assertX(DoubleColumn.of(1), LongColumn.of(Long.MIN_VALUE), DoubleColumn.of(-0x1p63));
    assertX(
        LongColumn.of(1), LongColumn.ofNullable((Long) null), LongColumn.ofNullable((Long) null));
  }

  private static void assertX(Column older, Column newer, Column merged) {
    assertThat(with(older).mergeOn("timestamp", with(newer)).column("x")).isEqualTo(merged);
  }

  @Test
  void numbers_that_neither_type_holds_are_refused_with_column_and_rows() {
    long odd = (1L << 53) + 1;

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> with(LongColumn.of(1, odd)).mergeOn("timestamp", with(DoubleColumn.of(0.5))))
        .withMessage(
            "Cannot merge column 'x': it is long here and double in the newer frame; long cannot"
                + " hold 0.5 in row 0, and double cannot hold 9007199254740993 in row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                with(DoubleColumn.of(0.5))
                    .mergeOn("timestamp", with(LongColumn.of(Long.MAX_VALUE))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(LongColumn.of(1)).mergeOn("timestamp", with(StringColumn.of("1"))))
        .withMessageContaining("string is never read as long, and long is never read as string");
  }

  @Test
  void null_timestamps_are_refused_with_their_row() {
    DataFrame withNull = DataFrame.builder().timestamps("t", Instant.EPOCH, null).build();
    DataFrame whole = DataFrame.builder().timestamps("t", Instant.EPOCH).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.mergeOn("t", withNull))
        .withMessage("Cannot merge on column 't': it is null in row 1 of the newer frame");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withNull.mergeOn("t", whole))
        .withMessageContaining("row 1 of this frame");
  }

  @Test
  void both_frames_need_the_timestamp_column() {
    DataFrame other = DataFrame.builder().doubles("timestamp", 1).build();

    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> frame(at(1), 1).mergeOn("t", frame(at(1), 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frame(at(1), 1).mergeOn("timestamp", other))
        .withMessageContaining("Cannot read column 'timestamp' as timestamp: it is double");
  }

  @Test
  void random_frames_merge_as_a_naive_model_merges_their_rows() {
    long seed = 19500103;
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      DataFrame older = randomFrame(random);
      DataFrame newer = randomFrame(random);

      DataFrame merged = older.mergeOn("t", newer);

      Set<String> names = new LinkedHashSet<>(older.columnNames());
      names.addAll(newer.columnNames());
      assertThat(merged.columnNames()).containsExactlyElementsOf(names);
      assertThat(rows(merged, names))
          .as("seed %d, round %d:%n%s%n%s", seed, round, older, newer)
          .isEqualTo(model(rows(older, names), rows(newer, names)));
    }
  }

  private static List<Map<String, @Nullable Object>> model(
      List<Map<String, @Nullable Object>> older, List<Map<String, @Nullable Object>> newer) {
    Map<@Nullable Object, Map<String, @Nullable Object>> last = new LinkedHashMap<>();
    newer.forEach(row -> last.put(row.get("t"), row));
    List<Map<String, @Nullable Object>> merged = new ArrayList<>(older);
    merged.removeIf(row -> last.containsKey(row.get("t")));
    merged.addAll(last.values());
    merged.sort(Comparator.comparing(row -> row.get("t") instanceof Instant t ? t : Instant.MAX));
    return merged;
  }

  /**
   * The rows with values that do not tell an int from a double, or a local time from an instant.
   */
  private static List<Map<String, @Nullable Object>> rows(DataFrame frame, Set<String> names) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < frame.rowCount(); row++) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (String name : names) {
        Object value = frame.hasColumn(name) ? frame.column(name).value(row) : null;
        if (value instanceof LocalDateTime local) {
          value = local.toInstant(ZoneOffset.UTC);
        }
        values.put(name, value instanceof Number number ? number.doubleValue() : value);
      }
      rows.add(values);
    }
    return rows;
  }

  private static DataFrame randomFrame(Random random) {
    int size = random.nextInt(12);
    int spread = 1 + random.nextInt(20);
    TimestampUnit unit = List.of(TimestampUnit.values()).get(random.nextInt(3));
    long[] ticks = random.longs(size, -spread, spread).map(s -> s * unit.perSecond()).toArray();
    if (random.nextBoolean()) {
      Arrays.sort(ticks);
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    boolean timestampFirst = random.nextBoolean();
    Column times = TimestampColumn.of(unit, random.nextBoolean(), ticks);
    if (timestampFirst) {
      columns.put("t", times);
    }
    double[] halves = random.ints(size, -100, 100).mapToDouble(i -> i / 2.0).toArray();
    boolean[] isNull = new boolean[size];
    IntStream.range(0, size).forEach(row -> isNull[row] = random.nextInt(4) == 0);
    Validity validity = Validity.ofNulls(isNull);
    if (random.nextInt(4) > 0) {
      columns.put(
          "price",
          random.nextBoolean()
              ? DoubleColumn.wrap(halves, validity)
              : FloatColumn.wrap(floats(halves), validity));
    }
    if (random.nextInt(4) > 0) {
      int[] whole = random.ints(size, -100, 100).toArray();
      columns.put(
          "volume",
          switch (random.nextInt(3)) {
            case 0 -> IntColumn.wrap(whole);
            case 1 -> LongColumn.wrap(IntStream.of(whole).asLongStream().toArray(), validity);
            default -> DoubleColumn.wrap(IntStream.of(whole).asDoubleStream().toArray(), validity);
          });
    }
    if (random.nextInt(4) > 0) {
      columns.put(
          "note",
          StringColumn.of(
              IntStream.range(0, size)
                  .mapToObj(row -> isNull[row] ? null : "r" + random.nextInt(1000))
                  .toArray(String[]::new)));
    }
    columns.put("t", times);
    return DataFrame.of(columns);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = (float) values[row];
    }
    return floats;
  }

  private static LocalDateTime time(long second) {
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
  }
}
