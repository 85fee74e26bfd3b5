package io.ml4t.storage.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file by its path. */
record FileSource(Path file, long length) implements FrameSource {
  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(file)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new EOFException("the file ends after " + (offset + bytes.position()) + " bytes");
        }
      }
    }
    return bytes.flip();
  }
}
