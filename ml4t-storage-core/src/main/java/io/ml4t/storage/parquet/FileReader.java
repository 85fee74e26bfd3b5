package io.ml4t.storage.parquet;

import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.ColumnType;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file: its footer, then the columns asked for, several at once where that pays. */
final class FileReader {
  /** A file this small is read whole, at once. */
  private static final int SMALL_FILE = 256 * 1024;

  /** Values in all, from which columns are decoded in parallel. */
  private static final long PARALLEL_VALUES = 200_000;

  /**
   * A byte stands for at most so many rows, beyond the first {@link #FREE_ROWS}. Run lengths could
   * claim billions in a few bytes; no data that is worth storing comes near.
   */
  private static final long MAX_ROWS_PER_BYTE = 1024;

  private static final long FREE_ROWS = 1 << 20;

  private final FrameSource source;
  private final Footer footer;

  private FileReader(FrameSource source, Footer footer) {
    this.source = source;
    this.footer = footer;
  }

  static FileReader open(FrameSource file) throws IOException {
    FrameSource source = file;
    if (file.length() <= SMALL_FILE) {
      int length = (int) file.length();
      source = FrameSource.ofBytes(file.name(), Footer.read(file, 0, length));
    }
    return new FileReader(source, Footer.read(Footer.bytes(source)));
  }

  FrameFooter footer() {
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    for (ColumnSpec column : SchemaReader.select(source.name(), footer.schema(), List.of())) {
      columns.put(column.name(), column.type());
    }
    return new FrameFooter(footer.rows(), columns, footer.keyValues());
  }

  DecodedFrame read(Collection<String> names, Parallel parallel) {
    List<ColumnSpec> specs = SchemaReader.select(source.name(), footer.schema(), names);
    int rows = rows();
    long proven = provenBytes(specs, rows);
    @Nullable Column[] columns = new @Nullable Column[specs.size()];
    List<Parallel.Task> tasks = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      int place = i;
      tasks.add(() -> columns[place] = read(specs.get(place), rows, proven));
    }
    parallel.run(tasks, (long) rows * columns.length >= PARALLEL_VALUES);
    Map<String, Column> frame = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      if (column != null) {
        frame.put(specs.get(i).name(), column);
      }
    }
    return new DecodedFrame(DataFrame.of(frame), footer.keyValues());
  }

  private int rows() {
    long rows = footer.rows();
    MalformedException.check(
        rows <= FREE_ROWS + source.length() * MAX_ROWS_PER_BYTE,
        "it claims " + rows + " rows in " + source.length() + " bytes");
    if (rows > Integer.MAX_VALUE - 8) {
      throw new InvalidDataException(
          "Cannot read %s: it has %d rows, a frame holds at most %d; split it"
              .formatted(source.name(), rows, Integer.MAX_VALUE - 8));
    }
    return (int) rows;
  }

  /**
   * The bytes that stand for every column: all of the file where the frame as a whole is in
   * proportion to it, though one column may be far better compressed; else none.
   */
  private long provenBytes(List<ColumnSpec> specs, int rows) {
    long width = specs.stream().mapToLong(spec -> spec.physicalType().heapBytes()).sum();
    return ColumnBuffer.isTrusted(rows * width, source.length()) ? source.length() : 0;
  }

  private Column read(ColumnSpec spec, int rows, long proven) throws IOException {
    try {
      return readAnyhow(spec, rows, proven);
    } catch (Utf8.NotTextException e) {
      throw new InvalidDataException(
          "Cannot read column '%s' of %s: it holds bytes that are not UTF-8 text; convert it first"
              .formatted(spec.name(), source.name()),
          e);
    }
  }

  private Column readAnyhow(ColumnSpec spec, int rows, long proven) throws IOException {
    List<ChunkMetadata> chunks = chunks(spec);
    long bytes = Math.max(proven, chunks.stream().mapToLong(ChunkMetadata::length).sum());
    try {
      return readBulk(spec, chunks, new ColumnBuffer(spec, rows, bytes));
    } catch (NotCoveredException rare) {
      return ParquetJavaReader.read(source, spec, rows, bytes);
    }
  }

  private Column readBulk(ColumnSpec spec, List<ChunkMetadata> chunks, ColumnBuffer column)
      throws IOException {
    try (Scratch scratch = Scratch.borrow()) {
      for (ChunkMetadata chunk : chunks) {
        new ChunkReader(
                spec,
                chunk,
                Footer.read(source, chunk.offset(), (int) chunk.length()),
                scratch,
                column)
            .read();
      }
    }
    return column.finish();
  }

  /** The column's chunks, whose place in the file and size are checked. */
  private List<ChunkMetadata> chunks(ColumnSpec spec) {
    List<ChunkMetadata> chunks = new ArrayList<>(footer.rowGroups().size());
    for (RowGroup group : footer.rowGroups()) {
      MalformedException.check(
          spec.index() < group.chunks().size(), "a row group lacks column '" + spec.name() + "'");
      ChunkMetadata chunk = group.chunks().get(spec.index());
      MalformedException.check(
          chunk.type() == spec.physicalType() && chunk.values() == group.rows(),
          "column '" + spec.name() + "' contradicts the schema");
      MalformedException.check(
          chunk.offset() <= source.length() && chunk.length() <= source.length() - chunk.offset(),
          "column '" + spec.name() + "' lies beyond its end");
      if (chunk.length() > Integer.MAX_VALUE - 8) {
        throw new InvalidDataException(
            "Cannot read column '%s' of %s: %d bytes in one row group are too many, write smaller ones"
                .formatted(spec.name(), source.name(), chunk.length()));
      }
      chunks.add(chunk);
    }
    return chunks;
  }
}
