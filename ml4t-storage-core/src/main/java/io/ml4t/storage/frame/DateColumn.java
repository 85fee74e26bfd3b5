package io.ml4t.storage.frame;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of calendar days, each held as days since 1970-01-01. */
public final class DateColumn extends Column {
  private final int[] values;

  private DateColumn(int[] values, Validity validity) {
    super(values, validity);
    this.values = values;
    validity.forEachNull(row -> values[row] = 0);
  }

  /** A column of a copy of the days since 1970-01-01, none of them null. */
  public static DateColumn of(int... values) {
    return wrap(values.clone());
  }

  /**
   * A column of the days, where a null entry is a null row.
   *
   * @throws IllegalArgumentException if a day is more than 2<sup>31</sup> days from 1970-01-01
   */
  public static DateColumn ofDates(@Nullable LocalDate... dates) {
    int[] days = new int[dates.length];
    for (int row = 0; row < days.length; row++) {
      LocalDate date = dates[row];
      if (date != null) {
        days[row] = (int) date.toEpochDay();
        if (days[row] != date.toEpochDay()) {
          throw new IllegalArgumentException(
              "Cannot hold " + date + " in row " + row + ": out of the range of a date column");
        }
      }
    }
    return wrap(days, Validity.ofNonNull(dates));
  }

  /** A column over the array itself, which the caller must not change afterwards. */
  public static DateColumn wrap(int[] values) {
    return new DateColumn(values, Validity.allValid(values.length));
  }

  /**
   * A column over the array itself, which the caller must not change afterwards. Entries of null
   * rows are set to zero.
   */
  public static DateColumn wrap(int[] values, Validity validity) {
    return new DateColumn(values, validity);
  }

  /** The days since 1970-01-01 at a row; zero where it is null. */
  public int get(int row) {
    return values[row];
  }

  /** A copy of the values; zero where a row is null. */
  public int[] toArray() {
    return values.clone();
  }

  /** The array itself, without a copy. It must not be written to. */
  public int[] unsafeArray() {
    return values;
  }

  @Override
  public ColumnType type() {
    return ColumnType.DATE;
  }

  @Override
  public @Nullable LocalDate value(int row) {
    return isNull(row) ? null : LocalDate.ofEpochDay(values[row]);
  }

  @Override
  Object array() {
    return values;
  }

  @Override
  Object gather(int[] rows) {
    int[] taken = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = values[rows[i]];
    }
    return taken;
  }

  @Override
  Column with(Object array, Validity validity) {
    return new DateColumn((int[]) array, validity);
  }

  @Override
  boolean arrayEquals(Column other) {
    return Arrays.equals(values, ((DateColumn) other).values);
  }

  @Override
  int arrayHashCode() {
    return Arrays.hashCode(values);
  }
}
