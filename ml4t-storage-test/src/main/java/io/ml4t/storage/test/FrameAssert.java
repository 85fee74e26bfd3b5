package io.ml4t.storage.test;

import io.ml4t.storage.DataObject;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a frame. What fails names the first cell that is wrong. */
public final class FrameAssert extends AbstractAssert<FrameAssert, DataFrame> {

  FrameAssert(@Nullable DataFrame actual) {
    super(actual, FrameAssert.class);
  }

  /** The frame has so many rows. */
  public FrameAssert hasRows(int expected) {
    isNotNull();
    if (actual.rowCount() != expected) {
      failWithMessage("Expected %s rows, but there are %s", expected, actual.rowCount());
    }
    return this;
  }

  /** The frame has these columns, in this order. */
  public FrameAssert hasColumns(String... expected) {
    isNotNull();
    Assertions.assertThat(actual.columnNames()).as(info.description()).containsExactly(expected);
    return this;
  }

  /** The column has these values, null for those that are missing. */
  public FrameAssert hasValues(String column, @Nullable Object... expected) {
    values(column).containsExactly(expected);
    return this;
  }

  /** The values of a column, null for those that are missing. */
  public ListAssert<@Nullable Object> values(String column) {
    isNotNull();
    if (!actual.hasColumn(column)) {
      failWithMessage("Expected a column %s, but there are %s", column, actual.columnNames());
    }
    Column values = actual.column(column);
    List<@Nullable Object> list = new ArrayList<>(values.size());
    for (int row = 0; row < values.size(); row++) {
      list.add(values.value(row));
    }
    return Assertions.assertThat(list).as("column %s", column);
  }

  /** Each timestamp is later than the one before; none is missing. */
  public FrameAssert hasAscendingTimestamps() {
    isNotNull();
    TimestampColumn times = actual.timestamps(DataObject.TIMESTAMP);
    for (int row = 0; row < times.size(); row++) {
      if (times.isNull(row)) {
        failWithMessage("Expected ascending timestamps, but that of row %s is missing", row);
      }
      if (row > 0 && times.unsafeArray()[row] <= times.unsafeArray()[row - 1]) {
        failWithMessage(
            "Expected ascending timestamps, but row %s has %s after %s",
            row, times.value(row), times.value(row - 1));
      }
    }
    return this;
  }

  /** The frame has the same columns, types and values. */
  public FrameAssert hasSameDataAs(DataFrame expected) {
    isNotNull();
    Assertions.assertThat(actual.columnNames())
        .as(info.description())
        .isEqualTo(expected.columnNames());
    for (String name : expected.columnNames()) {
      sameColumn(name, actual.column(name), expected.column(name));
    }
    return this;
  }

  private void sameColumn(String name, Column found, Column expected) {
    if (!found.describe().equals(expected.describe())) {
      failWithMessage(
          "Expected column %s to be %s, but it is %s", name, expected.describe(), found.describe());
    }
    for (int row = 0; row < Math.min(found.size(), expected.size()); row++) {
      if (!Objects.equals(found.value(row), expected.value(row))) {
        failWithMessage(
            "Expected %s in column %s, row %s, but it is %s",
            expected.value(row), name, row, found.value(row));
      }
    }
    if (found.size() != expected.size()) {
      failWithMessage("Expected %s rows, but there are %s", expected.size(), found.size());
    }
  }
}
