package io.ml4t.storage.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Files that no writer makes any more, or that lie: one optional column in one page of version 1.
 */
final class HandMadeFile {
  private HandMadeFile() {}

  /**
   * A file.
   *
   * @param rows what every header claims
   * @param levelEncoding of the definition levels; RLE levels get their length in front
   * @param values in PLAIN
   */
  static byte[] of(PhysicalType type, int rows, int levelEncoding, Sink levels, Sink values) {
    Sink body = new Sink();
    if (levelEncoding == Encoding.RLE.id()) {
      body.putInt(levels.size());
    }
    body.put(levels.array(), 0, levels.size());
    body.put(values.array(), 0, values.size());
    Sink page = new Sink();
    ThriftWriter header = new ThriftWriter(page);
    header.i32(1, PageHeader.DATA).i32(2, body.size()).i32(3, body.size()).struct(5);
    header.i32(1, rows).i32(2, 0).i32(3, levelEncoding).i32(4, levelEncoding).end().end();
    page.put(body.array(), 0, body.size());
    return of(type, rows, levelEncoding, page);
  }

  /** A file whose page has version 2, and levels of repetition though nothing is repeated. */
  static byte[] repeated(PhysicalType type, int rows, Sink repetition, Sink levels, Sink values) {
    Sink page = new Sink();
    int size = repetition.size() + levels.size() + values.size();
    ThriftWriter header = new ThriftWriter(page);
    header.i32(1, PageHeader.DATA_V2).i32(2, size).i32(3, size).struct(8);
    header.i32(1, rows).i32(2, 0).i32(3, rows).i32(4, 0);
    header.i32(5, levels.size()).i32(6, repetition.size()).bool(7, false).end().end();
    for (Sink part : new Sink[] {repetition, levels, values}) {
      page.put(part.array(), 0, part.size());
    }
    return of(type, rows, Encoding.RLE.id(), page);
  }

  private static byte[] of(PhysicalType type, int rows, int levelEncoding, Sink page) {
    Sink file = new Sink();
    file.putInt(Footer.MAGIC);
    file.put(page.array(), 0, page.size());
    int end = file.size();
    ThriftWriter footer = new ThriftWriter(file);
    footer.i32(1, 1).list(2, ThriftReader.STRUCT, 2).structElement();
    new SchemaElement("m", null, 0, 0, 1, -1, null).write(footer);
    footer.structElement();
    new SchemaElement("c", type, 0, SchemaElement.OPTIONAL, 0, -1, null).write(footer);
    footer.i64(3, rows).list(4, ThriftReader.STRUCT, 1).structElement();
    footer.list(1, ThriftReader.STRUCT, 1).structElement().i64(2, 4).struct(3);
    footer.i32(1, type.id()).list(2, ThriftReader.I32, 2).i32Element(0).i32Element(levelEncoding);
    footer.list(3, ThriftReader.BINARY, 1);
    footer.binaryElement("c".getBytes(StandardCharsets.UTF_8));
    footer.i32(4, 0).i64(5, rows).i64(6, end - 4).i64(7, end - 4).i64(9, 4).end().end();
    footer.i64(2, end - 4).i64(3, rows).end().end();
    file.putInt(file.size() - end);
    file.putInt(Footer.MAGIC);
    return Arrays.copyOf(file.array(), file.size());
  }
}
