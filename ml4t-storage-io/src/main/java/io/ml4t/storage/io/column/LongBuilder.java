package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.LongColumn;
import io.ml4t.storage.frame.Validity;

/** Collects longs. */
public final class LongBuilder extends ColumnBuilder<long[]> {
  /** A builder without values. */
  public LongBuilder() {
    super(new long[0]);
  }

  /** Takes a value. */
  public void add(long value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(long[] values, Validity validity) {
    return LongColumn.wrap(values, validity);
  }
}
