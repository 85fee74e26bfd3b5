package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.Validity;
import org.jspecify.annotations.Nullable;

/**
 * How a column of a file becomes a column of a frame.
 *
 * @param index the column's place among all columns of the file, nested ones included
 * @param optional whether rows may be null
 * @param fixedLength the bytes of an INT96 or FIXED_LEN_BYTE_ARRAY value
 * @param type what the frame holds
 * @param conversion makes the frame's column of the decoded values
 */
record ColumnSpec(
    String name,
    int index,
    boolean optional,
    PhysicalType physicalType,
    int fixedLength,
    ColumnType type,
    Conversion conversion) {

  /** Makes a column of an array of decoded values, with anything at null rows. */
  interface Conversion {
    Column apply(String name, Object values, Validity validity);
  }

  /** An array that the values are decoded into. */
  Object newArray(int length) {
    return switch (physicalType) {
      case BOOLEAN -> new boolean[length];
      case INT32 -> new int[length];
      case INT64 -> new long[length];
      case FLOAT -> new float[length];
      case DOUBLE -> new double[length];
      case BYTE_ARRAY -> new @Nullable String[length];
      case INT96, FIXED_LEN_BYTE_ARRAY -> new byte[length][];
    };
  }

  /** The bytes of a value in the file, for types where all values have the same. */
  int valueBytes() {
    return switch (physicalType) {
      case INT32, FLOAT -> 4;
      case INT64, DOUBLE -> 8;
      case INT96, FIXED_LEN_BYTE_ARRAY -> fixedLength;
      case BOOLEAN, BYTE_ARRAY ->
          throw new MalformedException("column '" + name + "' has an encoding not for its type");
    };
  }
}
