package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes a column of one row group into pages of version 2, each with its checksum. Every column
 * is optional, as other writers of frames have it.
 */
final class ChunkWriter {
  /** A page is the least that a reader can skip. */
  static final int PAGE_ROWS = 1 << 16;

  private static final int PAGE_TEXT = 1 << 20;

  /** Pages are copied out of the scratch when there is this much. */
  private static final int BUFFER_BYTES = 1 << 20;

  private final Column column;
  private final int from;
  private final int to;
  private final WriteSettings settings;
  private final PageCompressor compressor;
  private final Scratch scratch;
  private final ColumnValues values;
  private final Statistics statistics;
  private final List<WrittenChunk.Page> pages = new ArrayList<>();
  private final Blocks out;
  private long flushed;
  private long saved;

  /**
   * @param out gets the pages
   */
  ChunkWriter(
      String name,
      Column column,
      int from,
      int to,
      WriteSettings settings,
      Scratch scratch,
      Blocks out) {
    this.column = column;
    this.from = from;
    this.to = to;
    this.settings = settings;
    this.compressor = settings.compressor();
    this.scratch = scratch;
    this.out = out;
    this.values = ColumnValues.of(name, column, from, to, scratch);
    this.statistics = new Statistics(column.type());
  }

  WrittenChunk write() throws IOException {
    out.clear();
    scratch.chunk.clear();
    ValueEncoder encoder = new EncodingChooser(settings, scratch).choose(values);
    int dictionaryLength =
        encoder instanceof ValueEncoder.Dictionary dictionary
            ? writeDictionary(dictionary.entries())
            : 0;
    int pageRows = pageRows();
    int firstValue = 0;
    for (int row = from; row < to; row += pageRows) {
      firstValue += writePage(encoder, row, Math.min(pageRows, to - row), firstValue);
    }
    flush();
    return new WrittenChunk(
        encoder.encoding(),
        to - from,
        dictionaryLength,
        flushed + saved,
        flushed,
        statistics,
        pages);
  }

  private int pageRows() {
    if (values.type() != ColumnType.STRING) {
      return PAGE_ROWS;
    }
    long length = 0;
    for (int i = 0; i < values.count(); i++) {
      length += values.texts()[i].length();
    }
    long average = length / Math.max(1, values.count()) + 1;
    return (int) Math.max(1, Math.min(PAGE_ROWS, PAGE_TEXT / average));
  }

  private int writeDictionary(ColumnValues entries) throws IOException {
    Sink plain = scratch.plain;
    plain.clear();
    new ValueEncoder.Plain().encode(entries, 0, entries.count(), plain);
    PageHeader header = new PageHeader();
    header.type = PageHeader.DICTIONARY;
    header.values = entries.count();
    header.encoding = Encoding.PLAIN.id();
    header.uncompressedSize = plain.size();
    // The header of a dictionary page cannot say that it is not compressed.
    Sink body = scratch.trial;
    body.clear();
    compressor.compress(plain.array(), 0, plain.size(), body, scratch);
    writePage(header, body);
    return scratch.chunk.size();
  }

  /** Returns the number of values that the page holds. */
  private int writePage(ValueEncoder encoder, int row, int rows, int firstValue)
      throws IOException {
    Sink body = scratch.trial;
    body.clear();
    int count = writeLevels(row, rows, body);
    int levelBytes = body.size();
    Sink plain = scratch.plain;
    plain.clear();
    // Of no values too: Polars reads what an encoding begins with before it looks for values.
    encoder.encode(values, firstValue, count, plain);
    PageHeader header = new PageHeader();
    header.type = PageHeader.DATA_V2;
    header.values = rows;
    header.rows = rows;
    header.nulls = rows - count;
    header.encoding = encoder.encoding().id();
    header.levelBytes = levelBytes;
    header.uncompressedSize = levelBytes + plain.size();
    header.compressed = false;
    if (compressor.isWorth(plain.size())) {
      compressor.compress(plain.array(), 0, plain.size(), body, scratch);
      header.compressed = body.size() < header.uncompressedSize;
    }
    if (!header.compressed) {
      body.truncate(levelBytes);
      body.put(plain.array(), 0, plain.size());
    }
    Statistics page = new Statistics(column.type());
    page.add(values, firstValue, count, rows - count);
    statistics.add(page);
    long offset = flushed + scratch.chunk.size();
    int length = writePage(header, body);
    pages.add(new WrittenChunk.Page(offset, length, row - from, page));
    if (scratch.chunk.size() >= BUFFER_BYTES) {
      flush();
    }
    return count;
  }

  /** Writes 1 for each row with a value, 0 for each without; returns the number of values. */
  private int writeLevels(int row, int rows, Sink out) {
    if (column.nullCount() == 0) {
      RunLengthEncoder.repeat(1, rows, 1, out);
      return rows;
    }
    int[] levels = scratch.levels(rows);
    int count = 0;
    for (int i = 0; i < rows; i++) {
      levels[i] = column.isNull(row + i) ? 0 : 1;
      count += levels[i];
    }
    RunLengthEncoder.encode(levels, 0, rows, 1, out);
    return count;
  }

  /** Appends a page to the chunk and returns its length. */
  private int writePage(PageHeader header, Sink body) {
    header.compressedSize = body.size();
    scratch.crc.reset();
    scratch.crc.update(body.array(), 0, body.size());
    header.crc = (int) scratch.crc.getValue();
    saved += header.uncompressedSize - header.compressedSize;
    int start = scratch.chunk.size();
    header.write(new ThriftWriter(scratch.chunk));
    scratch.chunk.put(body.array(), 0, body.size());
    return scratch.chunk.size() - start;
  }

  private void flush() {
    if (scratch.chunk.size() > 0) {
      out.add(scratch.chunk);
      flushed += scratch.chunk.size();
      scratch.chunk.clear();
    }
  }
}
