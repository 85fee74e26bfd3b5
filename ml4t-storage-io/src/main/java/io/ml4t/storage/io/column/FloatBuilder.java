package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.FloatColumn;
import io.ml4t.storage.frame.Validity;

/** Collects floats. */
public final class FloatBuilder extends ColumnBuilder<float[]> {
  /** A builder without values. */
  public FloatBuilder() {
    super(new float[0]);
  }

  /** Takes a value. */
  public void add(float value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(float[] values, Validity validity) {
    return FloatColumn.wrap(values, validity);
  }
}
