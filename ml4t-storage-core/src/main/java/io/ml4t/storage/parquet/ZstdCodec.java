package io.ml4t.storage.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Zstandard through zstd-jni, with contexts that are kept: making one costs more than a page.
 *
 * <p>What is compressed goes through buffers off the heap. While native code is in an array of the
 * heap, the collectors of Java 21 and older cannot begin; where many compress, one of them may find
 * no memory for so long that it is told that there is none ("Retried waiting for GCLocker too
 * often"). To decompress is over sooner; large reads through such buffers took a fifth to a third
 * longer.
 */
final class ZstdCodec implements BlockCodec {
  /** More than any page takes, but for one of very long texts. */
  private static final int MAX_OFF_HEAP = 4 << 20;

  private @Nullable ZstdCompressCtx compressor;
  private @Nullable ZstdDecompressCtx decompressor;
  private int level = Zstd.defaultCompressionLevel();
  private ByteBuffer source = ByteBuffer.allocateDirect(0);
  private ByteBuffer target = ByteBuffer.allocateDirect(0);

  /** Sets the level of the pages compressed from now on. */
  void level(int newLevel) {
    level = newLevel;
  }

  @Override
  public byte[] decompress(byte[] in, int from, int to, int length, Scratch scratch)
      throws IOException {
    if (Scratch.isDoubtful(to - from, length)) {
      try (InputStream stream =
          new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(in, from, to - from))) {
        return scratch.readPage(stream, length);
      }
    }
    ZstdDecompressCtx context = decompressor;
    if (context == null) {
      context = new ZstdDecompressCtx();
      decompressor = context;
    }
    byte[] out = scratch.page(length);
    int size;
    try {
      size = context.decompressByteArray(out, 0, length, in, from, to - from);
    } catch (ZstdException e) {
      throw new IOException("zstd: " + e.getMessage(), e);
    }
    MalformedException.check(size == length, "a page decompresses to another length");
    return out;
  }

  @Override
  public void compress(byte[] in, int from, int to, Sink out) {
    ZstdCompressCtx context = compressor;
    if (context == null) {
      context = new ZstdCompressCtx();
      compressor = context;
    }
    context.setLevel(level);
    int length = to - from;
    int bound = (int) Math.min(Zstd.compressBound(length), Integer.MAX_VALUE - 8);
    if (length > MAX_OFF_HEAP) {
      byte[] array = out.reserve(bound);
      out.advance(context.compressByteArray(array, out.size(), bound, in, from, length));
    } else {
      source = room(source, length);
      target = room(target, bound);
      source.put(0, in, from, length);
      int size = context.compressDirectByteBuffer(target, 0, bound, source, 0, length);
      target.get(0, out.reserve(size), out.size(), size);
      out.advance(size);
    }
  }

  private static ByteBuffer room(ByteBuffer buffer, int length) {
    return buffer.capacity() >= length ? buffer : ByteBuffer.allocateDirect(length);
  }

  @Override
  public void close() {
    if (compressor != null) {
      compressor.close();
    }
    if (decompressor != null) {
      decompressor.close();
    }
  }
}
