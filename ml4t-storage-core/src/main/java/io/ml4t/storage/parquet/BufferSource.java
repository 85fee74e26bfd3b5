package io.ml4t.storage.parquet;

import java.nio.ByteBuffer;

/** The bytes of a buffer. */
record BufferSource(String name, ByteBuffer bytes) implements FrameSource {
  @Override
  public long length() {
    return bytes.capacity();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    return bytes.slice(Math.toIntExact(offset), length);
  }
}
