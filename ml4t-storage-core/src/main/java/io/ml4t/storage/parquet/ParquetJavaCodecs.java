package io.ml4t.storage.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Lets parquet-java decompress as everything else here does: its own codecs need all of Hadoop. Not
 * thread-safe; closed after the reader.
 */
public final class ParquetJavaCodecs implements CompressionCodecFactory, AutoCloseable {
  private final Scratch scratch = Scratch.borrow();

  /** Codecs that only decompress. */
  public ParquetJavaCodecs() {}

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(name.getParquetCompressionCodec().getValue(), scratch);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("parquet-java only reads here");
  }

  @Override
  public void release() {}

  @Override
  public void close() {
    scratch.close();
  }

  private static final class Decompressor implements BytesInputDecompressor {
    private final int codec;
    private final Scratch scratch;

    Decompressor(int codec, Scratch scratch) {
      this.codec = codec;
      this.scratch = scratch;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int length) throws IOException {
      if (codec == Compression.UNCOMPRESSED.id()) {
        return bytes;
      }
      byte[] in = array(bytes);
      byte[] out = scratch.codec(codec).decompress(in, 0, in.length, length, scratch);
      // A copy: the scratch is used again for the next page, this page is read later.
      return BytesInput.from(Arrays.copyOf(out, length));
    }

    @Override
    public void decompress(ByteBuffer in, int compressed, ByteBuffer out, int length)
        throws IOException {
      byte[] bytes = new byte[compressed];
      in.get(bytes);
      out.put(array(decompress(BytesInput.from(bytes), length)));
    }

    private static byte[] array(BytesInput bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
      bytes.writeAllTo(out);
      return out.toByteArray();
    }

    @Override
    public void release() {}
  }
}
