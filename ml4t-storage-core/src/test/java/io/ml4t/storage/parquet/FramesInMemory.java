package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;

/** Encoded frames as files in memory. */
final class FramesInMemory {
  private FramesInMemory() {}

  static byte[] bytes(EncodedFrame frame) {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(frame.length()));
    frame.buffers().forEach(buffer -> all.put(buffer.duplicate()));
    return all.array();
  }

  static FrameSource source(String name, EncodedFrame frame) {
    return source(name, bytes(frame));
  }

  static FrameSource source(String name, byte[] bytes) {
    return FrameSource.ofBytes(name, ByteBuffer.wrap(bytes));
  }
}
