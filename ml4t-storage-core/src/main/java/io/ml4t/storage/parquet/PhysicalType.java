package io.ml4t.storage.parquet;

/** The types that Parquet stores, by their numbers in the format. */
enum PhysicalType {
  BOOLEAN(0, 1),
  INT32(1, 4),
  INT64(2, 8),
  INT96(3, 4),
  FLOAT(4, 4),
  DOUBLE(5, 8),
  BYTE_ARRAY(6, 4),
  FIXED_LEN_BYTE_ARRAY(7, 4);

  private final int id;
  private final int heapBytes;

  PhysicalType(int id, int heapBytes) {
    this.id = id;
    this.heapBytes = heapBytes;
  }

  int id() {
    return id;
  }

  /** The bytes that an entry of the array of such values takes, at least. */
  int heapBytes() {
    return heapBytes;
  }

  static PhysicalType of(int id) {
    for (PhysicalType type : values()) {
      if (type.id == id) {
        return type;
      }
    }
    throw new MalformedException("there is no type " + id);
  }
}
