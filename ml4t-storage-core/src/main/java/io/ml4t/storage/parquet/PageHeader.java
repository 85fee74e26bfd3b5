package io.ml4t.storage.parquet;

/** What precedes each page. Mutable while it is read or built, then passed on. */
final class PageHeader {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  int type = -1;
  int uncompressedSize = -1;
  int compressedSize = -1;

  /** CRC-32 of the page's bytes in the file, where {@link #hasCrc}. */
  int crc;

  boolean hasCrc;
  int values = -1;
  int encoding = -1;

  /** The encoding of the definition levels of a page of version 1. */
  int levelEncoding = Encoding.RLE.id();

  /** The bytes of the definition levels of a page of version 2. */
  int levelBytes;

  int repetitionBytes;
  int nulls;
  int rows;
  boolean compressed = true;

  static PageHeader read(ThriftReader in) {
    PageHeader header = new PageHeader();
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> header.type = in.i32();
        case 2 -> header.uncompressedSize = in.i32();
        case 3 -> header.compressedSize = in.i32();
        case 4 -> {
          header.crc = in.i32();
          header.hasCrc = true;
        }
        case 5 -> header.readData(in);
        case 7 -> header.readDictionary(in);
        case 8 -> header.readDataV2(in);
        default -> in.skip();
      }
    }
    MalformedException.check(
        header.uncompressedSize >= 0 && header.compressedSize >= 0, "a page has no size");
    boolean known = header.type == DATA || header.type == DATA_V2 || header.type == DICTIONARY;
    MalformedException.check(
        !known
            || (header.values >= 0
                && header.encoding >= 0
                && header.levelBytes >= 0
                && header.repetitionBytes >= 0),
        "a page header is broken");
    return header;
  }

  private void readData(ThriftReader in) {
    in.enterStruct();
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> values = in.i32();
        case 2 -> encoding = in.i32();
        case 3 -> levelEncoding = in.i32();
        default -> in.skip();
      }
    }
  }

  private void readDictionary(ThriftReader in) {
    in.enterStruct();
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> values = in.i32();
        case 2 -> encoding = in.i32();
        default -> in.skip();
      }
    }
  }

  private void readDataV2(ThriftReader in) {
    in.enterStruct();
    for (int id = 0; (id = in.nextField(id)) != 0; ) {
      switch (id) {
        case 1 -> values = in.i32();
        case 2 -> nulls = in.i32();
        case 3 -> rows = in.i32();
        case 4 -> encoding = in.i32();
        case 5 -> levelBytes = in.i32();
        case 6 -> repetitionBytes = in.i32();
        case 7 -> compressed = in.bool();
        default -> in.skip();
      }
    }
  }

  /** Writes the header of a dictionary page or of a data page of version 2. */
  void write(ThriftWriter out) {
    out.i32(1, type).i32(2, uncompressedSize).i32(3, compressedSize).i32(4, crc);
    if (type == DICTIONARY) {
      out.struct(7).i32(1, values).i32(2, encoding).end();
    } else {
      out.struct(8).i32(1, values).i32(2, nulls).i32(3, rows).i32(4, encoding);
      out.i32(5, levelBytes).i32(6, 0).bool(7, compressed).end();
    }
    out.end();
  }
}
