package io.ml4t.storage.parquet;

import io.ml4t.storage.StorageException;
import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Lays out a file, part by part: the magic number, the columns of each row group, the column and
 * offset indexes of all, the footer. A row group is encoded when its first part is asked for. The
 * same frame gives the same bytes.
 */
final class FileWriter implements Iterator<ByteBuffer> {
  /** Several row groups let engines read a large file in parallel. */
  static final int ROW_GROUP_ROWS = 1 << 19;

  /** Values in all, from which columns are encoded in parallel. */
  private static final long PARALLEL_VALUES = 50_000;

  private final DataFrame frame;
  private final List<String> names;
  private final Map<String, String> keyValues;
  private final WriteSettings settings;
  private final Parallel parallel;
  private final Blocks[] pages;
  private final List<List<WrittenChunk>> rowGroups = new ArrayList<>();
  private final Deque<ByteBuffer> parts = new ArrayDeque<>();
  private int nextRow;
  private long position;
  private boolean ended;

  /**
   * @param reusing whether parts need not be kept beyond the next
   */
  FileWriter(
      DataFrame frame,
      Map<String, String> keyValues,
      WriteSettings settings,
      Parallel parallel,
      boolean reusing) {
    this.frame = frame;
    this.names = frame.columnNames();
    this.keyValues = keyValues;
    this.settings = settings;
    this.parallel = parallel;
    this.pages = new Blocks[names.size()];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = new Blocks(reusing);
    }
    Sink magic = new Sink();
    magic.putInt(Footer.MAGIC);
    add(magic.copy());
  }

  @Override
  public boolean hasNext() {
    return !parts.isEmpty() || !ended;
  }

  /**
   * The next part.
   *
   * @throws io.ml4t.storage.InvalidDataException if text of the frame is not valid Unicode
   */
  @Override
  public ByteBuffer next() {
    if (parts.isEmpty()) {
      if (ended) {
        throw new NoSuchElementException();
      } else if (nextRow < frame.rowCount()) {
        encodeRowGroup();
      } else {
        end();
      }
    }
    return parts.remove();
  }

  private void add(ByteBuffer part) {
    parts.add(part);
    position += part.remaining();
  }

  private void encodeRowGroup() {
    int from = nextRow;
    int to = (int) Math.min(frame.rowCount(), from + (long) ROW_GROUP_ROWS);
    WrittenChunk[] chunks = new WrittenChunk[names.size()];
    List<Parallel.Task> tasks = new ArrayList<>(chunks.length);
    for (int i = 0; i < chunks.length; i++) {
      int place = i;
      String name = names.get(i);
      Column column = frame.column(name);
      tasks.add(
          () -> {
            try (Scratch scratch = Scratch.borrow()) {
              chunks[place] =
                  new ChunkWriter(name, column, from, to, settings, scratch, pages[place]).write();
            }
          });
    }
    try {
      parallel.run(tasks, (long) (to - from) * chunks.length >= PARALLEL_VALUES);
    } catch (UncheckedIOException e) {
      throw new StorageException("Cannot write a frame: " + e.getMessage(), e);
    }
    rowGroups.add(List.of(chunks));
    for (Blocks column : pages) {
      column.buffers().forEach(this::add);
    }
    nextRow = to;
  }

  private void end() {
    Sink sink = new Sink();
    new FooterWriter(frame, rowGroups, settings.compressor().compression(), sink)
        .write(position, keyValues);
    add(sink.copy());
    ended = true;
  }
}
