package io.ml4t.storage.frame;

/** The types a column can have. */
public enum ColumnType {
  /** A point in time, see {@link TimestampColumn}. */
  TIMESTAMP,
  /** A calendar day, see {@link DateColumn}. */
  DATE,
  /** 64-bit floating point. */
  DOUBLE,
  /** 32-bit floating point. */
  FLOAT,
  /** 64-bit signed integer. */
  LONG,
  /** 32-bit signed integer. */
  INT,
  /** True or false. */
  BOOLEAN,
  /** Unicode text. */
  STRING;

  /** Whether values are numbers: double, float, long or int. */
  public boolean isNumeric() {
    return this == DOUBLE || this == FLOAT || this == LONG || this == INT;
  }
}
