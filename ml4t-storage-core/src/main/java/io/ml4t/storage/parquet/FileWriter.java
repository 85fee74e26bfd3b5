package io.ml4t.storage.parquet;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays out a file: the magic number, the columns of each row group, the column and offset indexes
 * of all, the footer. The same frame gives the same bytes.
 */
final class FileWriter {
  /** Several row groups let engines read a large file in parallel. */
  private static final int ROW_GROUP_ROWS = 1 << 19;

  /** Values in all, from which columns are encoded in parallel. */
  private static final long PARALLEL_VALUES = 50_000;

  /** A file this small is one buffer. */
  private static final int SMALL_FILE = 256 * 1024;

  private final DataFrame frame;
  private final PageCompressor compressor;
  private final Parallel parallel;

  FileWriter(DataFrame frame, PageCompressor compressor, Parallel parallel) {
    this.frame = frame;
    this.compressor = compressor;
    this.parallel = parallel;
  }

  EncodedFrame write(Map<String, String> keyValues) {
    List<List<WrittenChunk>> rowGroups = encode();
    List<ByteBuffer> buffers = new ArrayList<>();
    Sink sink = new Sink();
    sink.putInt(Footer.MAGIC);
    buffers.add(sink.copy());
    for (List<WrittenChunk> rowGroup : rowGroups) {
      rowGroup.forEach(chunk -> buffers.addAll(chunk.buffers()));
    }
    long position = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    sink.clear();
    new FooterWriter(frame, rowGroups, compressor.compression(), sink).write(position, keyValues);
    buffers.add(sink.copy());
    EncodedFrame file = EncodedFrame.of(buffers);
    return file.length() <= SMALL_FILE ? joined(file) : file;
  }

  private List<List<WrittenChunk>> encode() {
    List<String> names = frame.columnNames();
    int groups = (int) ((frame.rowCount() + ROW_GROUP_ROWS - 1L) / ROW_GROUP_ROWS);
    WrittenChunk[][] chunks = new WrittenChunk[groups][names.size()];
    List<Parallel.Task> tasks = new ArrayList<>(groups * names.size());
    for (int group = 0; group < groups; group++) {
      WrittenChunk[] row = chunks[group];
      int from = group * ROW_GROUP_ROWS;
      int to = Math.min(frame.rowCount(), from + ROW_GROUP_ROWS);
      for (int i = 0; i < names.size(); i++) {
        int place = i;
        String name = names.get(i);
        Column column = frame.column(name);
        tasks.add(
            () -> {
              try (Scratch scratch = Scratch.borrow()) {
                row[place] = new ChunkWriter(name, column, from, to, compressor, scratch).write();
              }
            });
      }
    }
    parallel.run(tasks, (long) frame.rowCount() * names.size() >= PARALLEL_VALUES);
    List<List<WrittenChunk>> written = new ArrayList<>(groups);
    for (WrittenChunk[] row : chunks) {
      written.add(List.of(row));
    }
    return written;
  }

  private static EncodedFrame joined(EncodedFrame file) {
    ByteBuffer all = ByteBuffer.allocate((int) file.length());
    file.buffers().forEach(all::put);
    return EncodedFrame.of(List.of(all.flip()));
  }
}
