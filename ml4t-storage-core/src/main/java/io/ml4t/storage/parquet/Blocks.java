package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The encoded pages of one column: of one row group after the other. Not thread-safe. */
final class Blocks {
  private static final int BLOCK_BYTES = 1 << 16;

  private final boolean reused;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();
  private final List<ByteBuffer> buffers = new ArrayList<>();

  /**
   * @param reused whether the memory of one row group serves the next
   */
  Blocks(boolean reused) {
    this.reused = reused;
  }

  /** What was added since the last {@link #clear}, in order. */
  List<ByteBuffer> buffers() {
    return buffers;
  }

  /**
   * Begins anew; where memory is reused, the buffers lose their content with the next one added.
   */
  void clear() {
    if (reused) {
      buffers.stream()
          .filter(b -> b.capacity() == BLOCK_BYTES)
          .map(ByteBuffer::clear)
          .forEach(free::add);
    }
    buffers.clear();
  }

  /** Adds what was written to a sink. */
  void add(Sink sink) {
    if (!reused) {
      buffers.add(sink.copy());
      return;
    }
    for (int from = 0; from < sink.size(); from += BLOCK_BYTES) {
      int length = Math.min(BLOCK_BYTES, sink.size() - from);
      ByteBuffer block = length == BLOCK_BYTES ? free.poll() : null;
      if (block == null) {
        block = ByteBuffer.allocate(length);
      }
      buffers.add(block.put(sink.array(), from, length).flip());
    }
  }
}
