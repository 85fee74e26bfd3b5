package io.ml4t.storage.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Parquet's deprecated codec {@code LZ4}, read only: LZ4 blocks in Hadoop's frames, each after its
 * length decompressed and compressed, big-endian; or, from some writers, one bare block.
 */
final class HadoopLz4Codec implements BlockCodec {
  private final Lz4Codec blocks = new Lz4Codec();

  @Override
  public byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch)
      throws IOException {
    ByteBuffer frames = ByteBuffer.wrap(in, from, to - from);
    if (!isFramed(frames.duplicate(), length)) {
      return blocks.decompress(in, from, to, length, scratch);
    }
    // One frame is all that a page gets, unless it is larger than the writer's buffer.
    Sink whole = new Sink();
    while (frames.hasRemaining()) {
      int size = frames.getInt();
      int end = frames.getInt() + frames.position();
      whole.put(blocks.decompress(in, frames.position(), end, size, scratch), 0, size);
      frames.position(end);
    }
    byte[] page = scratch.page(length);
    System.arraycopy(whole.array(), 0, page, 0, length);
    return page;
  }

  private static boolean isFramed(ByteBuffer in, int length) {
    long total = 0;
    while (in.remaining() >= 8) {
      int size = in.getInt();
      int compressed = in.getInt();
      if (size < 0 || compressed < 0 || compressed > in.remaining()) {
        return false;
      }
      in.position(in.position() + compressed);
      total += size;
    }
    return !in.hasRemaining() && total == length;
  }

  @Override
  public void compress(byte[] in, int from, int to, Sink out) {
    throw new UnsupportedOperationException("LZ4 is deprecated: LZ4_RAW takes its place");
  }
}
