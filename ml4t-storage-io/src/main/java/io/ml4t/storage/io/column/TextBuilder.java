package io.ml4t.storage.io.column;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.StringColumn;
import io.ml4t.storage.frame.Validity;
import org.jspecify.annotations.Nullable;

/** Collects text. */
public final class TextBuilder extends ColumnBuilder<@Nullable String[]> {
  /** A builder without values. */
  public TextBuilder() {
    super(new String[0]);
  }

  /** Takes a value. */
  public void add(String value) {
    int row = next();
    array()[row] = value;
  }

  @Override
  Column build(@Nullable String[] values, Validity validity) {
    return StringColumn.wrap(values);
  }
}
