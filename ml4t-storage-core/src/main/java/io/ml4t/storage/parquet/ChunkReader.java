package io.ml4t.storage.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Walks the pages of a column in one row group and decodes them into a {@link ColumnBuffer}. */
final class ChunkReader {
  private final ColumnSpec spec;
  private final ChunkMetadata chunk;
  private final ByteBuffer bytes;
  private final Scratch scratch;
  private final ColumnBuffer column;
  private @Nullable Object dictionary;

  /**
   * @param bytes the chunk, from 0 to its capacity
   */
  ChunkReader(
      ColumnSpec spec,
      ChunkMetadata chunk,
      ByteBuffer bytes,
      Scratch scratch,
      ColumnBuffer column) {
    this.spec = spec;
    this.chunk = chunk;
    this.bytes = bytes;
    this.scratch = scratch;
    this.column = column;
  }

  /**
   * Appends all values of the chunk.
   *
   * @throws NotCoveredException if the chunk has a form that is not known here
   */
  void read() {
    ThriftReader in = new ThriftReader(bytes);
    long left = chunk.values();
    while (left > 0) {
      PageHeader header = PageHeader.read(in);
      Bytes page = page(header);
      switch (header.type) {
        case PageHeader.DATA -> readData(header, page);
        case PageHeader.DATA_V2 -> readDataV2(header, page);
        case PageHeader.DICTIONARY -> readDictionary(header, page);
        default -> {}
      }
      left -= header.type == PageHeader.DICTIONARY ? 0 : Math.max(0, header.values);
    }
    MalformedException.check(left == 0, "a column has more values than it claims");
  }

  /** The bytes of a page as they are in the file, checked if there is a checksum. */
  private Bytes page(PageHeader header) {
    int length = header.compressedSize;
    MalformedException.check(length <= bytes.remaining(), "a page is longer than its column");
    int start = bytes.position();
    bytes.position(start + length);
    Bytes page;
    if (bytes.hasArray()) {
      int from = bytes.arrayOffset() + start;
      page = new Bytes(bytes.array(), from, from + length);
    } else {
      byte[] raw = scratch.raw(length);
      bytes.get(start, raw, 0, length);
      page = new Bytes(raw, 0, length);
    }
    if (header.hasCrc) {
      scratch.crc.reset();
      scratch.crc.update(page.array(), page.from(), length);
      MalformedException.check(
          (int) scratch.crc.getValue() == header.crc,
          "a page of column '" + spec.name() + "' has a wrong checksum");
    }
    return page;
  }

  private Bytes decompress(Bytes page, int length) {
    if (chunk.codec() == Compression.UNCOMPRESSED.id()) {
      MalformedException.check(page.length() == length, "a page has two sizes");
      return page;
    }
    if (length == 0) {
      return new Bytes(page.array(), page.from(), page.from());
    }
    BlockCodec codec = scratch.codec(chunk.codec());
    try {
      byte[] out = codec.decompress(page.array(), page.from(), page.to(), length, scratch);
      return new Bytes(out, 0, length);
    } catch (IOException e) {
      throw new MalformedException("a page does not decompress", e);
    }
  }

  private void readDictionary(PageHeader header, Bytes page) {
    MalformedException.check(
        header.encoding == Encoding.PLAIN.id() || header.encoding == Encoding.PLAIN_DICTIONARY.id(),
        "a dictionary has encoding " + header.encoding);
    ValueDecoder values =
        Encoding.PLAIN.decoder(
            decompress(page, header.uncompressedSize), spec, null, scratch.indices);
    values.require(header.values);
    dictionary = spec.newArray(header.values);
    values.decode(dictionary, 0, header.values);
  }

  private void readData(PageHeader header, Bytes page) {
    column.require(header.values);
    Bytes body = decompress(page, header.uncompressedSize);
    int present = header.values;
    if (spec.optional()) {
      if (header.levelEncoding != Encoding.RLE.id()) {
        throw new NotCoveredException("levels in encoding " + header.levelEncoding);
      }
      Bytes levels = body.skip(4).head(body.leadingInt());
      present = DefinitionLevels.read(levels, header.values, column, scratch.indices);
      body = body.skip(4 + levels.length());
    }
    append(header, body, present);
  }

  private void readDataV2(PageHeader header, Bytes page) {
    column.require(header.values);
    // Of a flat column nothing is repeated, but some writers say so in a run.
    Bytes levels = page.skip(header.repetitionBytes).head(header.levelBytes);
    int before = Math.addExact(header.repetitionBytes, header.levelBytes);
    Bytes body = page.skip(before);
    int length = header.uncompressedSize - before;
    MalformedException.check(length >= 0, "a page is shorter than its levels");
    body = header.compressed ? decompress(body, length) : body.head(length);
    int present = header.values;
    if (spec.optional()) {
      present = DefinitionLevels.read(levels, header.values, column, scratch.indices);
    }
    append(header, body, present);
  }

  private void append(PageHeader header, Bytes body, int present) {
    ValueDecoder values = null;
    if (present > 0) {
      values = Encoding.of(header.encoding).decoder(body, spec, dictionary, scratch.indices);
      values.require(present);
    }
    column.append(header.values, present, values, header.compressedSize);
  }
}
