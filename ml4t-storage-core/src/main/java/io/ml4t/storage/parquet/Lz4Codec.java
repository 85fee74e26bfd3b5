package io.ml4t.storage.parquet;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.IOException;

/** LZ4 blocks, Parquet's {@code LZ4_RAW}, through aircompressor. */
final class Lz4Codec implements BlockCodec {
  /** A byte stands for 255 at most. */
  private static final int MAX_RATIO = 256;

  private final Lz4Compressor compressor = new Lz4Compressor();
  private final Lz4Decompressor decompressor = new Lz4Decompressor();

  @Override
  public byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch)
      throws IOException {
    MalformedException.check(
        length <= (long) MAX_RATIO * (to - from), "a page does not decompress to its length");
    byte[] out = scratch.page(length);
    int size;
    try {
      size = decompressor.decompress(in, from, to - from, out, 0, length);
    } catch (MalformedInputException e) {
      throw new IOException("lz4: " + e.getMessage(), e);
    }
    MalformedException.check(size == length, "a page decompresses to another length");
    return out;
  }

  @Override
  public void compress(byte[] in, int from, int to, Sink out) {
    int bound = compressor.maxCompressedLength(to - from);
    byte[] target = out.reserve(bound);
    out.advance(compressor.compress(in, from, to - from, target, out.size(), bound));
  }
}
