package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.IntColumn;
import io.ml4t.storage.frame.Validity;

/** Collects ints. */
public final class IntBuilder extends ColumnBuilder<int[]> {
  /** A builder without values. */
  public IntBuilder() {
    super(new int[0]);
  }

  /** Takes a value. */
  public void add(int value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(int[] values, Validity validity) {
    return IntColumn.wrap(values, validity);
  }
}
