package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A whole Parquet file, ready for gathering writes.
 *
 * @param buffers the file's bytes in order, each buffer from its position to its limit; the
 *     caller's to keep
 * @param length the number of bytes of them all
 */
public record EncodedFrame(List<ByteBuffer> buffers, long length) {
  /** Copies the list, not the buffers. */
  public EncodedFrame {
    buffers = List.copyOf(buffers);
  }

  static EncodedFrame of(List<ByteBuffer> buffers) {
    return new EncodedFrame(buffers, buffers.stream().mapToLong(ByteBuffer::remaining).sum());
  }
}
