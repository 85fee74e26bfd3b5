package io.ml4t.storage.parquet;

import java.util.List;

/**
 * An encoded column of one row group, not yet at its place in the file.
 *
 * @param encoding of the data pages
 * @param dictionaryLength the bytes of the dictionary page, which comes first; 0 where there is
 *     none
 * @param uncompressedLength the bytes that all pages and headers would take without compression
 * @param length the bytes of all pages and headers
 */
record WrittenChunk(
    Encoding encoding,
    int rows,
    int dictionaryLength,
    long uncompressedLength,
    long length,
    Statistics statistics,
    List<Page> pages) {

  /**
   * A data page.
   *
   * @param offset its header's first byte in the chunk
   * @param length its bytes, header included
   * @param firstRow its first row in the row group
   */
  record Page(long offset, int length, int firstRow, Statistics statistics) {}

  /** Whether every page has a least and greatest value, or nothing but nulls. */
  boolean hasColumnIndex() {
    return pages.stream()
        .map(Page::statistics)
        .allMatch(s -> s.isAllNull() || (s.min() != null && s.max() != null));
  }
}
