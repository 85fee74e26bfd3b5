package io.ml4t.storage.directory;

import io.ml4t.storage.parquet.FrameSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A source under the name that users know it by. */
record NamedSource(String name, FrameSource source) implements FrameSource {
  @Override
  public long length() {
    return source.length();
  }

  @Override
  public ByteBuffer read(long offset, int length) throws IOException {
    return source.read(offset, length);
  }
}
