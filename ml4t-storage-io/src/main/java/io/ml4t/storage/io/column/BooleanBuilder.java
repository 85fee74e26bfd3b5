package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.BooleanColumn;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.Validity;

/** Collects booleans. */
public final class BooleanBuilder extends ColumnBuilder<boolean[]> {
  /** A builder without values. */
  public BooleanBuilder() {
    super(new boolean[0]);
  }

  /** Takes a value. */
  public void add(boolean value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(boolean[] values, Validity validity) {
    return BooleanColumn.wrap(values, validity);
  }
}
