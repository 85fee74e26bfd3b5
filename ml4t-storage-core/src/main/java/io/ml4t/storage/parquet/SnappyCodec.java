package io.ml4t.storage.parquet;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/** Snappy blocks through snappy-java. */
final class SnappyCodec implements BlockCodec {
  /** Three bytes stand for 64 at most. */
  private static final int MAX_RATIO = 22;

  @Override
  public byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch)
      throws IOException {
    MalformedException.check(
        length <= (long) MAX_RATIO * (to - from)
            && Snappy.isValidCompressedBuffer(in, from, to - from)
            && Snappy.uncompressedLength(in, from, to - from) == length,
        "a page does not decompress to its length");
    byte[] out = scratch.page(length);
    Snappy.uncompress(in, from, to - from, out, 0);
    return out;
  }

  @Override
  public void compress(byte[] in, int from, int to, Sink out) throws IOException {
    byte[] target = out.reserve(Snappy.maxCompressedLength(to - from));
    out.advance(Snappy.compress(in, from, to - from, target, out.size()));
  }
}
