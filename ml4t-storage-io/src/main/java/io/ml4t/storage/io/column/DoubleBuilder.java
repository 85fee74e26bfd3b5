package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DoubleColumn;
import io.ml4t.storage.frame.Validity;

/** Collects doubles. */
public final class DoubleBuilder extends ColumnBuilder<double[]> {
  /** A builder without values. */
  public DoubleBuilder() {
    super(new double[0]);
  }

  /** Takes a value. */
  public void add(double value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(double[] values, Validity validity) {
    return DoubleColumn.wrap(values, validity);
  }
}
