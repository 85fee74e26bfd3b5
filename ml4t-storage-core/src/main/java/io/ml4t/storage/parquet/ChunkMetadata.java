package io.ml4t.storage.parquet;

/**
 * Where and how a column's values of one row group are stored.
 *
 * @param codec the number of the compression codec
 * @param values the number of values, nulls included
 * @param offset the first byte in the file, of a page header
 * @param length the bytes in the file
 */
record ChunkMetadata(PhysicalType type, int codec, long values, long offset, long length) {
  /** Reads a {@code ColumnChunk}. */
  static ChunkMetadata read(ThriftReader in) {
    ChunkMetadata metadata = null;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> throw new NotCoveredException("a column in another file");
        case 3 -> {
          in.enterStruct();
          metadata = readMetadata(in);
        }
        case 8 -> throw new NotCoveredException("an encrypted column");
        default -> in.skip();
      }
    }
    if (metadata == null) {
      throw new MalformedException("a column has no metadata");
    }
    return metadata;
  }

  private static ChunkMetadata readMetadata(ThriftReader in) {
    PhysicalType type = null;
    int codec = 0;
    long values = -1;
    long length = -1;
    long data = -1;
    long dictionary = 0;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> type = PhysicalType.of(in.i32());
        case 4 -> codec = in.i32();
        case 5 -> values = in.i64();
        case 7 -> length = in.i64();
        case 9 -> data = in.i64();
        case 11 -> dictionary = in.i64();
        default -> in.skip();
      }
    }
    if (type == null || values < 0 || length < 0 || data < 0) {
      throw new MalformedException("a column's metadata is broken");
    }
    // Some writers set the dictionary's offset to 0 where there is none.
    long offset = dictionary > 0 && dictionary < data ? dictionary : data;
    return new ChunkMetadata(type, codec, values, offset, length);
  }
}
