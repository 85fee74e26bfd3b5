package io.ml4t.storage.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A {@link FrameSource} as parquet-java wants its files. */
public final class ParquetJavaInput implements InputFile {
  private final FrameSource source;

  /** The file. */
  public ParquetJavaInput(FrameSource source) {
    this.source = source;
  }

  @Override
  public long getLength() {
    return source.length();
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(source);
  }

  private static final class Stream extends SeekableInputStream {
    private final FrameSource source;
    private long position;

    Stream(FrameSource source) {
      this.source = source;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long newPosition) {
      position = newPosition;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      return read(ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public int read(ByteBuffer target) {
      int length = (int) Math.min(target.remaining(), source.length() - position);
      if (length <= 0) {
        return target.hasRemaining() ? -1 : 0;
      }
      try {
        target.put(source.read(position, length));
      } catch (IOException e) {
        // Not a fault of the file's content, as any other is that parquet-java reports.
        throw new UncheckedIOException(e);
      }
      position += length;
      return length;
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      readFully(bytes, 0, bytes.length);
    }

    @Override
    public void readFully(byte[] bytes, int from, int length) throws IOException {
      readFully(ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public void readFully(ByteBuffer target) throws IOException {
      if (target.remaining() > source.length() - position) {
        throw new EOFException("the file ends at " + source.length());
      }
      read(target);
    }
  }
}
