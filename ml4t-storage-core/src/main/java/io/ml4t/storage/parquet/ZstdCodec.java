package io.ml4t.storage.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Zstandard through zstd-jni, with contexts that are kept: making one costs more than a page. */
final class ZstdCodec implements BlockCodec {
  private @Nullable ZstdCompressCtx compressor;
  private @Nullable ZstdDecompressCtx decompressor;
  private int level = Zstd.defaultCompressionLevel();

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
    int bound = (int) Math.min(Zstd.compressBound(to - from), Integer.MAX_VALUE - 8);
    byte[] target = out.reserve(bound);
    out.advance(context.compressByteArray(target, out.size(), bound, in, from, to - from));
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
