package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DateColumn;
import io.ml4t.storage.frame.Validity;

/** Collects days since 1970-01-01. */
public final class DateBuilder extends ColumnBuilder<int[]> {
  /** A builder without values. */
  public DateBuilder() {
    super(new int[0]);
  }

  /** Takes a value. */
  public void add(int value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(int[] values, Validity validity) {
    return DateColumn.wrap(values, validity);
  }
}
