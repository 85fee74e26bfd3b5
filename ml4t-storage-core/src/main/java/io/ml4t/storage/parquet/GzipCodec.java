package io.ml4t.storage.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip (RFC 1952) through the JDK. */
final class GzipCodec implements BlockCodec {
  private static final int BUFFER = 8 * 1024;

  @Override
  public byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch)
      throws IOException {
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(in, from, to - from), BUFFER)) {
      return scratch.readPage(stream, length);
    }
  }

  @Override
  public void compress(byte[] in, int from, int to, Sink out) throws IOException {
    try (GZIPOutputStream stream = new GZIPOutputStream(new SinkStream(out), BUFFER)) {
      stream.write(in, from, to - from);
    }
  }

  private static final class SinkStream extends OutputStream {
    private final Sink sink;

    SinkStream(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int b) {
      sink.put(b);
    }

    @Override
    public void write(byte[] b, int off, int len) {
      sink.put(b, off, len);
    }
  }
}
