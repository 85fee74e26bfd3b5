package io.ml4t.storage.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a file's {@code FileMetaData} that reading needs.
 *
 * @param schema the elements, depth first, from the root
 */
record Footer(
    long rows,
    List<SchemaElement> schema,
    List<RowGroup> rowGroups,
    Map<String, String> keyValues) {

  /** "PAR1", as a little-endian number, at both ends of a file. */
  static final int MAGIC = 0x31524150;

  /** "PARE", in the place of {@link #MAGIC} where the footer is encrypted. */
  private static final int ENCRYPTED_MAGIC = 0x45524150;

  /** The footer's length and the magic number. */
  static final int TAIL = 8;

  /** Most footers fit into this many bytes at the end, so that one read gets them. */
  private static final int FIRST_READ = 32 * 1024;

  /** The bytes of the footer, without the tail. */
  static ByteBuffer bytes(FrameSource source) throws IOException {
    long length = source.length();
    MalformedException.check(length >= TAIL + 4, "it is too short for a Parquet file");
    int tail = (int) Math.min(length, FIRST_READ);
    ByteBuffer end = read(source, length - tail, tail).order(ByteOrder.LITTLE_ENDIAN);
    int magic = end.getInt(tail - 4);
    MalformedException.check(magic != ENCRYPTED_MAGIC, "its footer is encrypted");
    MalformedException.check(magic == MAGIC, "it does not end as a Parquet file does");
    int footer = end.getInt(tail - TAIL);
    MalformedException.check(
        footer > 0 && footer <= length - TAIL - 4, "its footer is longer than the file");
    return footer <= tail - TAIL
        ? end.slice(tail - TAIL - footer, footer)
        : read(source, length - TAIL - footer, footer);
  }

  /** Reads a range, which must come whole, as a buffer from 0 to its capacity. */
  static ByteBuffer read(FrameSource source, long offset, int length) throws IOException {
    ByteBuffer bytes = source.read(offset, length).slice();
    MalformedException.check(bytes.capacity() == length, "it is cut short");
    return bytes;
  }

  static Footer read(ByteBuffer bytes) {
    ThriftReader in = new ThriftReader(bytes);
    long rows = -1;
    List<SchemaElement> schema = new ArrayList<>();
    List<RowGroup> rowGroups = new ArrayList<>();
    Map<String, String> keyValues = Map.of();
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 2 -> {
          for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
            schema.add(SchemaElement.read(in));
          }
        }
        case 3 -> rows = in.i64();
        case 4 -> {
          for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
            rowGroups.add(RowGroup.read(in));
          }
        }
        case 5 -> keyValues = readKeyValues(in);
        default -> in.skip();
      }
    }
    long sum = 0;
    for (RowGroup group : rowGroups) {
      sum = Math.addExact(sum, group.rows());
    }
    MalformedException.check(rows >= 0 && sum == rows, "its footer contradicts itself on the rows");
    return new Footer(rows, schema, rowGroups, keyValues);
  }

  /** Reads the list of pairs that the current field is. A pair without a value is left out. */
  static Map<String, String> readKeyValues(ThriftReader in) {
    Map<String, String> keyValues = new LinkedHashMap<>();
    for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
      String key = "";
      String value = null;
      for (int id = 0; (id = in.nextField(id)) != 0; ) {
        switch (id) {
          case 1 -> key = in.string();
          case 2 -> value = in.string();
          default -> in.skip();
        }
      }
      if (value != null) {
        keyValues.put(key, value);
      }
    }
    return keyValues;
  }

  static void writeKeyValues(ThriftWriter out, Map<String, String> keyValues) {
    keyValues.forEach((key, value) -> out.structElement().string(1, key).string(2, value).end());
  }
}
