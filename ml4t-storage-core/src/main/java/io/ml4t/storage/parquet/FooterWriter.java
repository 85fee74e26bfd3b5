package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.frame.TimestampColumn;
import java.util.List;
import java.util.Map;

/** Writes what follows the pages of a file: the column indexes, the offset indexes, the footer. */
final class FooterWriter {
  /** Who wrote the file. Changes with what is written, not with every release. */
  private static final String CREATED_BY = "ml4t-storage version 0.1.0";

  /** The version of files with pages of version 2 and the newer encodings. */
  private static final int FORMAT_VERSION = 2;

  private static final int CONVERTED_UTF8 = 0;
  private static final int CONVERTED_DATE = 6;
  private static final int CONVERTED_TIMESTAMP_MILLIS = 9;
  private static final int CONVERTED_TIMESTAMP_MICROS = 10;

  private final DataFrame frame;
  private final List<String> names;
  private final List<List<WrittenChunk>> rowGroups;
  private final Compression compression;
  private final Sink out;

  /** For each column index, then each offset index, its position and length in the sink. */
  private final int[][] indexes;

  FooterWriter(
      DataFrame frame, List<List<WrittenChunk>> rowGroups, Compression compression, Sink out) {
    this.frame = frame;
    this.names = frame.columnNames();
    this.rowGroups = rowGroups;
    this.compression = compression;
    this.out = out;
    this.indexes = new int[2 * rowGroups.size() * names.size()][];
  }

  /**
   * Appends all to the sink.
   *
   * @param position where in the file the sink begins, right after the pages
   */
  void write(long position, Map<String, String> keyValues) {
    int count = rowGroups.size() * names.size();
    int next = 0;
    for (List<WrittenChunk> rowGroup : rowGroups) {
      for (WrittenChunk chunk : rowGroup) {
        int from = out.size();
        if (chunk.hasColumnIndex()) {
          writeColumnIndex(chunk);
        }
        indexes[next++] = new int[] {from, out.size() - from};
      }
    }
    long offset = 4;
    for (List<WrittenChunk> rowGroup : rowGroups) {
      for (WrittenChunk chunk : rowGroup) {
        int from = out.size();
        writeOffsetIndex(chunk, offset);
        indexes[next++] = new int[] {from, out.size() - from};
        offset += chunk.length();
      }
    }
    int footer = out.size();
    writeFooter(position, count, keyValues);
    out.putInt(out.size() - footer);
    out.putInt(Footer.MAGIC);
  }

  private void writeFooter(long position, int columnIndexes, Map<String, String> keyValues) {
    ThriftWriter thrift = new ThriftWriter(out);
    thrift.i32(1, FORMAT_VERSION).list(2, ThriftReader.STRUCT, names.size() + 1);
    thrift.structElement();
    new SchemaElement("schema", null, 0, 0, names.size(), -1, null).write(thrift);
    for (String name : names) {
      thrift.structElement();
      element(name, frame.column(name)).write(thrift);
    }
    thrift.i64(3, frame.rowCount()).list(4, ThriftReader.STRUCT, rowGroups.size());
    long offset = 4;
    int next = 0;
    for (int group = 0; group < rowGroups.size(); group++) {
      offset = writeRowGroup(thrift, group, offset, position, next, columnIndexes);
      next += names.size();
    }
    thrift.list(5, ThriftReader.STRUCT, keyValues.size());
    Footer.writeKeyValues(thrift, keyValues);
    thrift.string(6, CREATED_BY).list(7, ThriftReader.STRUCT, names.size());
    for (int i = 0; i < names.size(); i++) {
      // The order of the type: the only one that there is.
      thrift.structElement().struct(1).end().end();
    }
    thrift.end();
  }

  /** Returns the position in the file after the row group. */
  private long writeRowGroup(
      ThriftWriter thrift,
      int group,
      long start,
      long position,
      int firstIndex,
      int columnIndexes) {
    List<WrittenChunk> chunks = rowGroups.get(group);
    thrift.structElement().list(1, ThriftReader.STRUCT, chunks.size());
    long offset = start;
    long uncompressed = 0;
    for (int i = 0; i < chunks.size(); i++) {
      int[] columnIndex = indexes[firstIndex + i];
      int[] offsetIndex = indexes[columnIndexes + firstIndex + i];
      thrift.structElement().i64(2, 0).struct(3);
      writeMetadata(thrift, i, chunks.get(i), offset);
      thrift.i64(4, position + offsetIndex[0]).i32(5, offsetIndex[1]);
      if (columnIndex[1] > 0) {
        thrift.i64(6, position + columnIndex[0]).i32(7, columnIndex[1]);
      }
      thrift.end();
      offset += chunks.get(i).length();
      uncompressed += chunks.get(i).uncompressedLength();
    }
    int rows = chunks.isEmpty() ? frame.rowCount() : chunks.get(0).rows();
    thrift.i64(2, uncompressed).i64(3, rows).i64(5, start).i64(6, offset - start);
    thrift.raw(7, ThriftReader.I16, new byte[] {(byte) (group << 1)}, 0, 1).end();
    return offset;
  }

  private void writeMetadata(ThriftWriter thrift, int index, WrittenChunk chunk, long offset) {
    String name = names.get(index);
    boolean dictionary = chunk.dictionaryLength() > 0;
    thrift.i32(1, physicalType(frame.column(name)).id());
    thrift.list(2, ThriftReader.I32, dictionary ? 3 : 2);
    if (dictionary) {
      thrift.i32Element(Encoding.PLAIN.id());
    }
    thrift.i32Element(Encoding.RLE.id()).i32Element(chunk.encoding().id());
    thrift.list(3, ThriftReader.BINARY, 1);
    thrift.binaryElement(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    thrift.i32(4, compression.id()).i64(5, chunk.rows()).i64(6, chunk.uncompressedLength());
    thrift.i64(7, chunk.length()).i64(9, offset + chunk.dictionaryLength());
    if (dictionary) {
      thrift.i64(11, offset);
    }
    chunk.statistics().write(thrift.struct(12));
    thrift.end();
  }

  private void writeColumnIndex(WrittenChunk chunk) {
    List<WrittenChunk.Page> pages = chunk.pages();
    ThriftWriter thrift = new ThriftWriter(out);
    thrift.list(1, ThriftReader.TRUE, pages.size());
    pages.forEach(page -> thrift.boolElement(page.statistics().isAllNull()));
    thrift.list(2, ThriftReader.BINARY, pages.size());
    pages.forEach(page -> thrift.binaryElement(orEmpty(page.statistics().min())));
    thrift.list(3, ThriftReader.BINARY, pages.size());
    pages.forEach(page -> thrift.binaryElement(orEmpty(page.statistics().max())));
    // 0: the order of the pages is not known to follow that of their values.
    thrift.i32(4, 0).list(5, ThriftReader.I64, pages.size());
    pages.forEach(page -> thrift.i64Element(page.statistics().nulls()));
    thrift.end();
  }

  private static byte[] orEmpty(byte @org.jspecify.annotations.Nullable [] value) {
    return value == null ? new byte[0] : value;
  }

  private void writeOffsetIndex(WrittenChunk chunk, long offset) {
    ThriftWriter thrift = new ThriftWriter(out);
    thrift.list(1, ThriftReader.STRUCT, chunk.pages().size());
    for (WrittenChunk.Page page : chunk.pages()) {
      thrift.structElement().i64(1, offset + page.offset()).i32(2, page.length());
      thrift.i64(3, page.firstRow()).end();
    }
    thrift.end();
  }

  private static PhysicalType physicalType(Column column) {
    return switch (column.type()) {
      case TIMESTAMP, LONG -> PhysicalType.INT64;
      case DATE, INT -> PhysicalType.INT32;
      case DOUBLE -> PhysicalType.DOUBLE;
      case FLOAT -> PhysicalType.FLOAT;
      case BOOLEAN -> PhysicalType.BOOLEAN;
      case STRING -> PhysicalType.BYTE_ARRAY;
    };
  }

  private static SchemaElement element(String name, Column column) {
    int converted = -1;
    LogicalType logical = null;
    switch (column.type()) {
      case TIMESTAMP -> {
        TimestampColumn timestamps = (TimestampColumn) column;
        logical = LogicalType.timestamp(timestamps.unit(), timestamps.isUtc());
        // The older form knows neither nanoseconds nor local time.
        converted =
            switch (timestamps.unit()) {
              case MILLIS -> timestamps.isUtc() ? CONVERTED_TIMESTAMP_MILLIS : -1;
              case MICROS -> timestamps.isUtc() ? CONVERTED_TIMESTAMP_MICROS : -1;
              case NANOS -> -1;
            };
      }
      case DATE -> {
        logical = LogicalType.of(LogicalType.DATE);
        converted = CONVERTED_DATE;
      }
      case STRING -> {
        logical = LogicalType.of(LogicalType.STRING);
        converted = CONVERTED_UTF8;
      }
      default -> {}
    }
    return new SchemaElement(
        name, physicalType(column), 0, SchemaElement.OPTIONAL, 0, converted, logical);
  }
}
