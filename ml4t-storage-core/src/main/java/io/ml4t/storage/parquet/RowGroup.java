package io.ml4t.storage.parquet;

import java.util.ArrayList;
import java.util.List;

/**
 * A horizontal slice of a file.
 *
 * @param chunks one for each column of the file, in the schema's order
 * @param rows the number of rows
 */
record RowGroup(List<ChunkMetadata> chunks, long rows) {
  static RowGroup read(ThriftReader in) {
    List<ChunkMetadata> chunks = new ArrayList<>();
    long rows = -1;
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> {
          for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
            chunks.add(ChunkMetadata.read(in));
          }
        }
        case 3 -> rows = in.i64();
        default -> in.skip();
      }
    }
    MalformedException.check(rows >= 0, "a row group has no number of rows");
    return new RowGroup(chunks, rows);
  }
}
